#pragma once
#include "codec/xlsx_writer.hpp"

namespace kpuhub::portal {

/// Fills a sheet from the top, line by line.
class SheetLines {
public:
    explicit SheetLines(codec::Sheet& sheet) : m_sheet(sheet) {}
    void add(std::vector<codec::SheetValue> values, codec::CellLook look = codec::CellLook::Plain)
    {
        for (std::size_t column = 0; column < values.size(); ++column)
            m_sheet.cells.push_back({ m_row, static_cast<int>(column), std::move(values[column]), look });
        ++m_row;
    }
    void skip() { ++m_row; }

private:
    codec::Sheet& m_sheet;
    int m_row = 0;
};

}
