#include "codec/xlsx_writer.hpp"
#include "codec/own_folder.hpp"
#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <xlsxwriter.h>

namespace kpuhub::codec {

namespace {

constexpr std::time_t written_at = 1'767'225'600;       // 1 January 2026: the same sheets give the same bytes, whenever

struct Formats {
    explicit Formats(lxw_workbook* book)
    {
        for (auto look : { CellLook::Plain, CellLook::Centred, CellLook::Heading, CellLook::Title }) {
            for (bool share : { false, true }) {
                auto* format = workbook_add_format(book);
                format_set_text_wrap(format);
                format_set_align(format, look == CellLook::Heading ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
                if (look != CellLook::Plain)
                    format_set_align(format, LXW_ALIGN_CENTER);
                if (look == CellLook::Heading || look == CellLook::Title)
                    format_set_bold(format);
                if (look != CellLook::Title)
                    format_set_border(format, LXW_BORDER_THIN);
                if (look == CellLook::Heading)
                    format_set_bg_color(format, 0xE8ECEF);
                if (share)
                    format_set_num_format(format, "0.0%");
                all[static_cast<std::size_t>(look)][share ? 1 : 0] = format;
            }
        }
    }

    [[nodiscard]] lxw_format* of(SheetCell const& cell) const
    {
        return all[static_cast<std::size_t>(cell.look)][std::holds_alternative<SheetShare>(cell.value) ? 1 : 0];
    }

    std::array<std::array<lxw_format*, 2>, 4> all {};
};

lxw_row_t row(int number) { return static_cast<lxw_row_t>(number); }
lxw_col_t column(int number) { return static_cast<lxw_col_t>(number); }

void write_cell(lxw_worksheet* sheet, Formats const& formats, SheetCell const& cell)
{
    auto* format = formats.of(cell);
    if (cell.rows > 1 || cell.columns > 1)
        worksheet_merge_range(sheet, row(cell.row), column(cell.column), row(cell.row + cell.rows - 1),
            column(cell.column + cell.columns - 1), "", format);
    if (auto const* text = std::get_if<std::string>(&cell.value)) {
        if (text->empty())
            worksheet_write_blank(sheet, row(cell.row), column(cell.column), format);
        else
            worksheet_write_string(sheet, row(cell.row), column(cell.column), text->c_str(), format);
    } else if (auto const* number = std::get_if<std::int64_t>(&cell.value)) {
        worksheet_write_number(sheet, row(cell.row), column(cell.column), static_cast<double>(*number), format);
    } else if (auto const& share = std::get<SheetShare>(cell.value); share.denominator != 0) {
        worksheet_write_number(sheet, row(cell.row), column(cell.column),
            static_cast<double>(share.numerator) / static_cast<double>(share.denominator), format);
    } else {
        worksheet_write_blank(sheet, row(cell.row), column(cell.column), format);
    }
}

void set_page(lxw_worksheet* page, Sheet const& sheet)
{
    constexpr std::uint8_t a4 = 9;
    worksheet_set_landscape(page);
    worksheet_set_paper(page, a4);
    worksheet_fit_to_pages(page, 1, 0);
    int last_row = 0;
    int last_column = 0;
    for (auto const& cell : sheet.cells) {
        last_row = std::max(last_row, cell.row + cell.rows - 1);
        last_column = std::max(last_column, cell.column + cell.columns - 1);
    }
    worksheet_print_area(page, 0, 0, row(last_row), column(last_column));
    if (sheet.heading_last < 0)
        return;
    worksheet_freeze_panes(page, row(sheet.heading_last + 1), 0);
    worksheet_repeat_rows(page, row(sheet.heading_first), row(sheet.heading_last));
}

}

Result<std::string> write_workbook(std::vector<Sheet> const& sheets)
{
    OwnFolder const own { std::filesystem::temp_directory_path().string() };
    if (own.path().empty())
        return unavailable("codec.not_written", "no temporary folder");
    auto folder = own.path();
    auto const path = folder + "/book.xlsx";
    lxw_workbook_options options {};
    options.tmpdir = folder.data();
    auto* book = workbook_new_opt(path.c_str(), &options);
    lxw_doc_properties properties {};
    properties.created = written_at;
    workbook_set_properties(book, &properties);
    Formats const formats(book);
    for (auto const& sheet : sheets) {
        auto* page = workbook_add_worksheet(book, sheet.name.c_str());
        for (std::size_t i = 0; i < sheet.widths.size(); ++i)
            worksheet_set_column(page, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), sheet.widths[i], nullptr);
        for (auto const& cell : sheet.cells)
            write_cell(page, formats, cell);
        set_page(page, sheet);
    }
    if (auto const failed = workbook_close(book); failed != LXW_NO_ERROR)
        return unavailable("codec.not_written", lxw_strerror(failed));
    std::ifstream stream(path, std::ios::binary);
    return std::string { std::istreambuf_iterator<char> { stream }, {} };
}

}
