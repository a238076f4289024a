#include "plan/board_sheet.hpp"

namespace kpuhub::plan {

namespace {

constexpr int columns_before = 4;
constexpr int heading_row = 2;

class SheetMaker {
public:
    explicit SheetMaker(SheetWords words) : m_words(std::move(words)) {}

    codec::Sheet make(BoardPage const& page)
    {
        put(0, 0, m_words({ "plan.board.title", { page.year } }), codec::CellLook::Title);
        put(1, 0, m_words(page.decree) + ". " + m_words(page.progress) + ".");
        heading(page);
        for (auto const& area : page.areas) {
            put(m_row, 0, area.title + " (" + m_words(area.progress) + ")", codec::CellLook::Heading);
            ++m_row;
            for (auto const& activity : area.activities) {
                if (!activity.title.empty())
                    put(m_row++, 0, activity.title, codec::CellLook::Heading);
                for (auto const& row : activity.rows)
                    line(row, static_cast<int>(page.columns.size()));
            }
        }
        m_sheet.name = std::to_string(page.year.number);
        return std::move(m_sheet);
    }

private:
    void put(int row, int column, std::string text, codec::CellLook look = codec::CellLook::Plain, int columns = 1)
    {
        m_sheet.cells.push_back({ row, column, std::move(text), look, 1, columns });
    }

    void heading(BoardPage const& page)
    {
        int column = 0;
        for (auto const* key : { "plan.board.number", "plan.board.row", "plan.board.owner", "plan.board.proof" })
            put(heading_row, column++, m_words({ key }), codec::CellLook::Heading);
        for (auto const& each : page.columns)
            put(heading_row, column++, m_words(each.label), codec::CellLook::Heading);
        put(heading_row, column++, m_words({ "plan.board.remark" }), codec::CellLook::Heading);
        m_sheet.heading_first = m_sheet.heading_last = heading_row;
        m_sheet.widths = { 5, 60, 18, 7 };
        m_sheet.widths.resize(columns_before + page.columns.size(), page.columns.size() > columns_before ? 6 : 22);
        m_sheet.widths.push_back(40);
        m_row = heading_row + 1;
    }

    void line(BoardLine const& row, int columns)
    {
        put(m_row, 0, row.number);
        put(m_row, 1, row.text + (row.indicators ? "\n" + m_words(*row.indicators) : std::string {}));
        put(m_row, 2, row.owner);
        put(m_row, 3, row.proofs, codec::CellLook::Centred);
        int column = columns_before;
        if (row.unscheduled)
            put(m_row, column, m_words({ "plan.board.unscheduled" }), codec::CellLook::Centred, columns);
        else
            for (auto const& cell : row.cells) {
                std::string text;
                for (auto const& mark : cell.marks)
                    text += (text.empty() ? "" : " ") + mark.letter;
                if (!text.empty())
                    put(m_row, column, text, codec::CellLook::Centred, cell.span);
                column += cell.span;
            }
        std::string remark = row.remark;
        for (auto const& flag : row.flags)
            remark += (remark.empty() ? "" : "; ") + m_words(flag);
        if (!row.note.empty())
            remark += (remark.empty() ? "" : "; ") + row.note;
        put(m_row, columns_before + columns, remark);
        ++m_row;
    }

    SheetWords m_words;
    codec::Sheet m_sheet {};
    int m_row = 0;
};

}

codec::Sheet board_sheet(BoardPage const& page, SheetWords words)
{
    return SheetMaker(std::move(words)).make(page);
}

}
