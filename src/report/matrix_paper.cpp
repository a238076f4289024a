#include "paper/words.hpp"
#include "plan/plan_marks.hpp"
#include "report/papers.hpp"
#include <algorithm>

namespace kpuhub::report {

using codec::Table;
using codec::TableCell;
using plan::Level;

namespace {

constexpr int first_month = 3;
constexpr int months = 12;
constexpr int remark_column = first_month + months;

/// The letter of each deliverable in the month in which it ends, "!" behind a late one; the other months of the row that the plan marks get a dot.
void put_months(Table& table, int at, Records const& records, Row const& row)
{
    std::string marks[months];
    for (auto const& due : records.dues) {
        if (due.node != row.node.id)
            continue;
        auto& mark = marks[due.ends_on.month() - 1];
        mark += (mark.empty() ? "" : " ") + (records.apart(due) ? std::string { "–" } : state_letter(due.state) + (records.late(due) ? "!" : ""));
    }
    for (int month = 1; month <= months; ++month) {
        auto const& mark = marks[month - 1];
        if (mark.empty() && !row.node.months().has(month))
            continue;
        auto cell = centred_cell(at, first_month + month - 1, mark.empty() ? "•" : mark);
        cell.look.bold = mark.find('!') != std::string::npos;
        cell.shaded = mark == "V";
        table.cells.push_back(std::move(cell));
    }
}

Table matrix(Records const& records)
{
    Table table { { 10, 92, 42, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 34 }, 2, {}, 8 };
    table.cells = { head_cell(0, 0, "No.", 2), head_cell(0, 1, "Area, kegiatan, subkegiatan", 2), head_cell(0, 2, "Penanggung jawab", 2), head_cell(0, first_month, "Bulan", 1, months),
        head_cell(0, remark_column, "Keterangan", 2) };
    constexpr std::string_view names[] = { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des" };
    for (int month = 0; month < months; ++month)
        table.cells.push_back(head_cell(1, first_month + month, std::string { names[month] }));
    int at = 2;
    for (auto const& row : records.rows) {
        auto const& node = row.node;
        if (node.level == Level::Indicator && std::ranges::none_of(records.dues, [&](auto const& due) { return due.node == node.id; }))
            continue;           // asked in the checklist of the row above
        bool const title = node.level == Level::Area || node.level == Level::Activity;
        auto const area = node.level == Level::Area;
        TableCell number = centred_cell(at, 0, plan::bare_number(node.number));
        TableCell text { at, 1, node.body, 1, title ? remark_column : 1 };
        text.look.bold = title;
        number.shaded = text.shaded = area;
        table.cells.push_back(std::move(number));
        if (node.level == Level::Indicator)
            text.text = "– " + text.text;
        table.cells.push_back(std::move(text));
        if (!title) {
            table.cells.push_back({ at, 2, row.owner });
            put_months(table, at, records, row);
            table.cells.push_back({ at, remark_column, node.months_open() ? "bulan belum ditetapkan" : node.remark });
        }
        ++at;
    }
    return table;
}

}

codec::Paper matrix_paper(Records const& records, Content const& content, Facts const& facts)
{
    codec::Section section;
    section.orientation = codec::Orientation::Landscape;
    section.margin_mm = 16;
    auto& blocks = section.blocks;
    blocks.emplace_back(heading("MATRIKS RENCANA AKSI REFORMASI BIROKRASI\n" + paper::capitals(paper::office_name(facts.unit_name)) + "\nTAHUN " + std::to_string(content.year)
            + (facts.number.empty() ? "" : "\nNOMOR " + facts.number), 3));
    auto const all = in_all(by_area(records));
    blocks.emplace_back(codec::Paragraph { "Keadaan " + paper::printed_date(records.as_of) + ": " + std::to_string(all.verified) + " dari " + std::to_string(all.due)
            + " keluaran yang jatuh tempo terverifikasi, " + std::to_string(all.late) + " terlambat; " + std::to_string(all.all) + " keluaran dalam setahun.", {}, 0, 2 });
    if (records.rows.empty())
        blocks.emplace_back(codec::Paragraph { "Belum ada baris rencana aksi." });
    else
        blocks.emplace_back(matrix(records));
    codec::TextLook small;
    small.points = 8;
    blocks.emplace_back(codec::Paragraph { "T terjadwal   K sedang dikerjakan   A diajukan   D dikembalikan   V terverifikasi (berarsir)   N tidak berlaku   – di luar hitungan   ! terlambat   • bulan pelaksanaan", small, 0, 3 });
    put_signatures(blocks, "pair", content, facts);
    return framed("Matriks rencana aksi " + facts.unit_name, std::move(section), facts);
}

}
