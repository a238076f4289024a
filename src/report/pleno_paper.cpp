#include "paper/words.hpp"
#include "plan/plan_marks.hpp"
#include "report/papers.hpp"
#include <algorithm>

namespace kpuhub::report {

using codec::Paragraph;
using codec::Table;
using plan::Deliverable;

namespace {

/// More would not leave place for the decisions, the signatures and the code; A4 is 33 mm shorter.
std::size_t most_late(Facts const& facts, std::size_t typed_lines)
{
    constexpr std::size_t lines_of_row = 3, lines_of_code = 6, least = 1;
    std::size_t const all = facts.size == codec::PaperSize::A4 ? 4 : 7;
    auto const taken = (typed_lines + (facts.code.empty() ? 0 : lines_of_code)) / lines_of_row;
    return all > taken + least ? all - taken : least;
}
constexpr std::size_t title_bytes = 110;
constexpr double small = 9;

std::string n_of(std::int64_t part, std::int64_t all) { return std::to_string(part) + " dari " + std::to_string(all); }

/// "Sampai 18 April 2026: 13 dari 20 keluaran yang jatuh tempo sudah terverifikasi (65 %). 3 baris terlambat, yang terlama sejak ..."
std::string sentence(Records const& records, AreaFigure const& all, std::vector<Deliverable const*> const& late)
{
    auto text = "Sampai dengan " + paper::printed_date(records.as_of) + ", ";
    if (all.due == 0)
        return text + "belum ada keluaran rencana aksi yang jatuh tempo.";
    text += n_of(all.verified, all.due) + " keluaran yang jatuh tempo sudah terverifikasi (" + std::to_string(all.verified * 100 / all.due) + " %).";
    if (late.empty())
        return text + " Tidak ada baris yang terlambat.";
    return text + " " + std::to_string(late.size()) + " baris terlambat, yang terlama sejak " + paper::printed_date(late.front()->due_on) + ".";
}

Table areas_table(std::vector<AreaFigure> const& areas)
{
    Table table { { 74, 26, 50, 20 }, 1, { head_cell(0, 0, "Area perubahan"), head_cell(0, 1, "Terverifikasi"), head_cell(0, 2, "Dari yang jatuh tempo"), head_cell(0, 3, "Terlambat") }, small };
    int row = 1;
    for (auto const& area : areas) {
        table.cells.push_back({ row, 0, (area.area_no > 0 ? std::to_string(area.area_no) + ". " : "") + area.name });
        table.cells.push_back(centred_cell(row, 1, area.due == 0 ? "belum ada" : n_of(area.verified, area.due)));
        table.cells.push_back(centred_cell(row, 2, area.due == 0 ? "" : bar_of(area.verified, area.due)));
        auto late = centred_cell(row, 3, area.late == 0 ? "–" : std::to_string(area.late));
        late.look.bold = area.late > 0;
        table.cells.push_back(std::move(late));
        ++row;
    }
    return table;
}

std::string whose(Row const& row)
{
    if (row.owner.empty())
        return "belum ada penanggung jawab";
    return row.person.empty() ? row.owner : row.owner + " (" + row.person + ")";
}

Table late_table(Records const& records, std::vector<Deliverable const*> const& late, std::size_t most)
{
    Table table { { 8, 74, 56, 32 }, 1, { head_cell(0, 0, "No."), head_cell(0, 1, "Baris"), head_cell(0, 2, "Penanggung jawab"), head_cell(0, 3, "Keadaan") }, small };
    for (std::size_t i = 0; i < std::min(late.size(), most); ++i) {
        auto const row = static_cast<int>(i) + 1;
        auto const& owner = *records.row_of(late[i]->node);
        table.cells.push_back(centred_cell(row, 0, std::to_string(row)));
        table.cells.push_back({ row, 1, plan::shortened(row_title(records, owner), title_bytes) });
        table.cells.push_back({ row, 2, whose(owner) });
        table.cells.push_back({ row, 3, standing(records, *late[i]) });
    }
    return table;
}

std::string numbers_of(Records const& records, std::vector<Row const*> const& rows)
{
    std::string text;
    for (auto const* row : rows) {
        if (!text.empty())
            text += ", ";
        auto const code = row_code(records, *row);
        text += code.empty() ? plan::shortened(row->node.body, 40) : code;
    }
    return text;
}

/// What only the pleno can settle, as the records show it: late rows, rows that nobody answers for, rows without months, work that nobody decided.
std::vector<std::string> decisions(Records const& records, std::vector<Deliverable const*> const& late)
{
    std::vector<std::string> asked;
    if (!late.empty())
        asked.push_back("Menetapkan batas waktu baru dan penanggung jawab bagi " + std::to_string(late.size()) + " baris yang terlambat.");
    std::vector<Row const*> unowned, without_months;
    for (auto const& row : records.rows) {
        bool const bears = std::ranges::any_of(records.dues, [&](Deliverable const& due) { return due.node == row.node.id && due.state < plan::State::Submitted; });
        if (bears && row.owner.empty() && row.node.authority == plan::Authority::Office && row.node.applies)
            unowned.push_back(&row);
        if (row.node.level == plan::Level::Subactivity && row.node.months_open())
            without_months.push_back(&row);
    }
    if (!unowned.empty())
        asked.push_back("Menunjuk penanggung jawab bagi " + std::to_string(unowned.size()) + " baris" + (unowned.size() <= 6 ? ": " + numbers_of(records, unowned) + "." : "."));
    if (!without_months.empty())
        asked.push_back("Menetapkan bulan pelaksanaan bagi " + std::to_string(without_months.size()) + " baris" + (without_months.size() <= 6 ? ": " + numbers_of(records, without_months) + "." : "."));
    auto const waiting = std::ranges::count(records.dues, plan::State::Submitted, &Deliverable::state);
    if (waiting > 0)
        asked.push_back("Meminta verifikator memutus " + std::to_string(waiting) + " keluaran yang sudah diajukan.");
    return asked;
}

}

codec::Paper pleno_paper(Records const& records, Content const& content, Facts const& facts)
{
    std::vector<Deliverable const*> late;
    for (auto const& due : records.dues)
        if (records.late(due))
            late.push_back(&due);
    auto const areas = by_area(records);
    auto const most = most_late(facts, entries(content.text("decisions")).size() + entries(content.text("note")).size());
    codec::Section section;
    section.margin_mm = 18;
    section.numbers = codec::PageNumbers::None;
    auto& blocks = section.blocks;
    blocks.emplace_back(heading("BAHAN RAPAT PLENO\n" + paper::capitals(paper::office_name(facts.unit_name)), 1));
    blocks.emplace_back(heading("Rencana Aksi Reformasi Birokrasi Tahun " + std::to_string(content.year) + (facts.number.empty() ? "" : "\nNomor " + facts.number), 3));
    if (!records.plan.id) {
        blocks.emplace_back(Paragraph { "Kantor ini belum memiliki rencana aksi Tahun " + std::to_string(content.year) + "." });
    } else {
        blocks.emplace_back(Paragraph { sentence(records, in_all(areas), late), {}, 0, 3 });
        blocks.emplace_back(areas_table(areas));
        blocks.emplace_back(gap());
        blocks.emplace_back(subheading("Baris yang terlambat: " + std::to_string(late.size())));
        if (!late.empty())
            blocks.emplace_back(late_table(records, late, most));
        if (late.size() > most)
            blocks.emplace_back(Paragraph { "dan " + std::to_string(late.size() - most) + " baris lagi; daftar lengkap ada di halaman Terlambat.", { codec::Align::Left, false, false, false, small }, 0, 1 });
        blocks.emplace_back(gap());
    }
    auto asked = decisions(records, late);
    std::ranges::copy(entries(content.text("decisions")), std::back_inserter(asked));
    blocks.emplace_back(subheading("Keputusan yang diminta"));
    if (asked.empty())
        asked.emplace_back("Tidak ada; rapat pleno mencatat kemajuan di atas.");
    blocks.emplace_back(numbered(asked));
    if (auto const notes = entries(content.text("note")); !notes.empty()) {
        blocks.emplace_back(subheading("Catatan"));
        blocks.emplace_back(numbered(notes));
    }
    put_signatures(blocks, "members", content, facts);
    auto paper = framed("Bahan rapat pleno " + facts.unit_name, std::move(section), facts);
    paper.points = 10;
    return paper;
}

}
