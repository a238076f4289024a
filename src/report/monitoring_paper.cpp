#include "paper/words.hpp"
#include "report/papers.hpp"
#include <algorithm>

namespace kpuhub::report {

using codec::Paragraph;
using codec::Table;
using plan::Deliverable;

std::vector<Deliverable const*> due_in(Records const& records, Period const& period)
{
    std::vector<Deliverable const*> found;
    for (auto const& due : records.dues)
        if (period.has(due.due_on) && !records.apart(due))
            found.push_back(&due);
    std::ranges::stable_sort(found, {}, [&](Deliverable const* due) { return records.row_of(due->node)->node.place; });
    return found;
}

std::vector<Deliverable const*> unfinished_in(Records const& records, Period const& period)
{
    auto found = due_in(records, period);
    std::erase_if(found, [](Deliverable const* due) { return due->state == plan::State::Verified || due->state == plan::State::Submitted; });
    return found;
}

namespace {

std::string reason_of(Content const& content, Deliverable const& due)
{
    auto const found = content.reasons.find(due.id.value);
    return found == content.reasons.end() ? due.reason : found->second;
}

/// What the last report left unfinished, and how it stands now.
void put_follow_up(std::vector<codec::Block>& blocks, Records const& now, Content const& content, std::optional<Earlier> const& earlier)
{
    blocks.emplace_back(subheading("A. Tindak lanjut laporan lalu"));
    if (!earlier) {
        blocks.emplace_back(Paragraph { "Tidak ada laporan pemantauan sebelumnya yang diterbitkan melalui sistem ini.", {}, 0, 3 });
        return;
    }
    blocks.emplace_back(Paragraph { "Laporan " + earlier->period.words() + ", Nomor " + earlier->number + " tanggal " + paper::printed_date(earlier->dated_on) + ".", {}, 0, 2 });
    auto const open = unfinished_in(earlier->records, earlier->period);
    if (open.empty()) {
        blocks.emplace_back(Paragraph { "Laporan itu tidak mencatat keluaran yang belum selesai.", {}, 0, 2 });
    } else {
        Table table { { 9, 71, 40, 50 }, 1, { head_cell(0, 0, "No."), head_cell(0, 1, "Belum selesai menurut laporan lalu"), head_cell(0, 2, "Keadaan saat itu"), head_cell(0, 3, "Keadaan sekarang") }, 9 };
        int row = 1;
        for (auto const* each : open) {
            auto const current = std::ranges::find(now.dues, each->id, &Deliverable::id);
            table.cells.push_back(centred_cell(row, 0, std::to_string(row)));
            table.cells.push_back({ row, 1, row_title(earlier->records, *earlier->records.row_of(each->node)) });
            table.cells.push_back({ row, 2, standing(earlier->records, *each) });
            table.cells.push_back({ row, 3, current == now.dues.end() ? std::string { "Tidak lagi dalam rencana" } : standing(now, *current) + (current->note.empty() ? "" : ". " + current->note) });
            ++row;
        }
        blocks.emplace_back(std::move(table));
        blocks.emplace_back(gap());
    }
    if (auto const asked = entries(earlier->content.text("recommendations")); !asked.empty()) {
        blocks.emplace_back(Paragraph { "Rekomendasi laporan lalu:", {}, 0, 1, true });
        blocks.emplace_back(numbered(asked));
    }
    if (auto const followed = entries(content.text("followed")); !followed.empty()) {
        blocks.emplace_back(Paragraph { "Tindak lanjut:", {}, 0, 1, true });
        blocks.emplace_back(numbered(followed));
    }
}

/// All figures speak of what is due in the period.
void put_figures(std::vector<codec::Block>& blocks, Records const& records, std::vector<Deliverable const*> const& dues)
{
    struct Sum {
        std::string name;
        std::int64_t all = 0, verified = 0, submitted = 0, late = 0;
    };
    std::map<int, Sum> areas;
    Sum total { "Jumlah" };
    for (auto const* due : dues) {
        auto const& row = *records.row_of(due->node);
        auto& area = areas[row.node.area_no];
        if (auto const* top = records.above(row, plan::Level::Area); top != nullptr)
            area.name = top->node.body;
        for (auto* sum : { &area, &total }) {
            ++sum->all;
            sum->verified += due->state == plan::State::Verified ? 1 : 0;
            sum->submitted += due->state == plan::State::Submitted ? 1 : 0;
            sum->late += records.late(*due) ? 1 : 0;
        }
    }
    Table table { { 78, 22, 24, 22, 24 }, 1, { head_cell(0, 0, "Area perubahan"), head_cell(0, 1, "Jatuh tempo"), head_cell(0, 2, "Terverifikasi"), head_cell(0, 3, "Diajukan"), head_cell(0, 4, "Terlambat") }, 9 };
    int row = 1;
    auto const put = [&](Sum const& sum, std::string const& name, bool bold) {
        table.cells.push_back({ row, 0, name });
        table.cells.back().look.bold = bold;
        int column = 1;
        for (auto const count : { sum.all, sum.verified, sum.submitted, sum.late }) {
            table.cells.push_back(centred_cell(row, column++, std::to_string(count)));
            table.cells.back().look.bold = bold;
        }
        ++row;
    };
    for (auto const& [number, sum] : areas)
        put(sum, (number > 0 ? std::to_string(number) + ". " : "") + sum.name, false);
    put(total, total.name, true);
    blocks.emplace_back(std::move(table));
    blocks.emplace_back(gap());
}

Table rows_table(Records const& records, Content const& content, std::vector<Deliverable const*> const& dues)
{
    Table table { { 60, 26, 30, 44, 12, 58 }, 1, { head_cell(0, 0, "Subkegiatan, penanggung jawab"), head_cell(0, 1, "Jatuh tempo"), head_cell(0, 2, "Keadaan"), head_cell(0, 3, "Keterangan realisasi"),
            head_cell(0, 4, "Bukti"), head_cell(0, 5, "Kendala atau alasan") }, 8.5 };
    int at = 1;
    Row const* area = nullptr;
    Row const* activity = nullptr;
    for (auto const* due : dues) {
        auto const& row = *records.row_of(due->node);
        for (auto& [shown, level] : { std::pair { &area, plan::Level::Area }, std::pair { &activity, plan::Level::Activity } }) {
            auto const* above = records.above(row, level);
            if (above == nullptr || above == *shown || above == &row)
                continue;
            *shown = above;
            codec::TableCell title { at++, 0, (above->node.number.empty() ? "" : above->node.number + (above->node.number.ends_with('.') ? " " : ". ")) + above->node.body, 1, 6 };
            title.look.bold = true;
            title.shaded = level == plan::Level::Area;
            table.cells.push_back(std::move(title));
        }
        table.cells.push_back({ at, 0, row_title(records, row) + (row.owner.empty() ? "" : "\n" + row.owner) });
        table.cells.push_back({ at, 1, paper::printed_date(due->due_on) });
        table.cells.push_back({ at, 2, standing(records, *due) });
        table.cells.push_back({ at, 3, due->note });
        table.cells.push_back(centred_cell(at, 4, std::to_string(due->proofs)));
        table.cells.push_back({ at, 5, reason_of(content, *due) });
        ++at;
    }
    return table;
}

void put_lines(std::vector<codec::Block>& blocks, std::string title, std::string const& text)
{
    blocks.emplace_back(subheading(std::move(title)));
    auto const lines = entries(text);
    if (lines.empty())
        blocks.emplace_back(Paragraph { "Tidak ada.", {}, 0, 3 });
    else
        blocks.emplace_back(numbered(lines));
}

}

codec::Paper monitoring_paper(Records const& records, Content const& content, Facts const& facts, std::optional<Earlier> const& earlier)
{
    auto const span = period(content.year, content.period).value_or(Period { content.year, "Y" });
    auto const dues = due_in(records, span);
    codec::Section first;
    auto& blocks = first.blocks;
    std::ranges::move(paper::letterhead(paper::office_name(facts.unit_name), facts.address), std::back_inserter(blocks));
    blocks.emplace_back(heading("LAPORAN PEMANTAUAN\nRENCANA AKSI REFORMASI BIROKRASI\n" + paper::capitals(span.words()) + "\nNOMOR " + (facts.number.empty() ? "...................." : facts.number), 4));
    for (auto const& line : entries(content.text("opening")))
        blocks.emplace_back(Paragraph { line, { codec::Align::Justified }, 0, 2 });
    put_follow_up(blocks, records, content, earlier);
    blocks.emplace_back(subheading("B. Capaian " + span.words() + ", keadaan " + paper::printed_date(records.as_of)));
    if (dues.empty())
        blocks.emplace_back(Paragraph { "Tidak ada keluaran yang jatuh tempo dalam masa ini.", {}, 0, 3 });
    else
        put_figures(blocks, records, dues);
    put_lines(blocks, "C. Kendala", content.text("obstacles"));
    put_lines(blocks, "D. Kesimpulan", content.text("conclusions"));
    put_lines(blocks, "E. Rekomendasi", content.text("recommendations"));
    put_signatures(blocks, "pair", content, facts);
    auto paper = framed("Laporan pemantauan " + facts.unit_name + " " + span.words(), std::move(first), facts);
    if (!dues.empty()) {
        codec::Section annex;
        annex.orientation = codec::Orientation::Landscape;
        annex.margin_mm = 18;
        annex.number_first_page = true;
        annex.header = "Lampiran Laporan Pemantauan " + span.words();
        annex.blocks.emplace_back(heading("PELAKSANAAN RENCANA AKSI " + paper::capitals(span.words()), 3));
        annex.blocks.emplace_back(rows_table(records, content, dues));
        paper.sections.push_back(std::move(annex));
    }
    return paper;
}

}
