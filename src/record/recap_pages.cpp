#include "record/csv_export.hpp"
#include "record/recap_model.hpp"

namespace kpuhub::record {

void RecapCell::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("count", count);
}

void RecapRow::describe(view::Visitor& v) const
{
    v.field("unit", unit);
    v.field("link", link);
    v.field("own", own);
    v.field("keeping", keeping);
    v.field("offices", offices);
    v.list("cells", cells);
    v.field("in_all", in_all);
}

void RecapHead::describe(view::Visitor& v) const
{
    v.field("label", label);
}

void RecapPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("office", office);
    v.list("heads", heads);
    v.list("rows", rows);
    v.list("sums", sums);
    v.field("in_all", in_all);
    v.field("keeping", keeping);
    v.field("offices", offices);
    v.field("rounded", rounded);
    v.field("step", step);
    v.field("list", list);
    v.field("csv", csv);
    v.field("nothing", nothing);
}

namespace {

std::string address_of_recap(std::string const& unit, std::string const& register_id) { return "/units/" + unit + "/registers/" + register_id + "/recap"; }

}

RecapPage recap_page(Recap const& recap, text::Language language)
{
    auto const& made = *recap.made;
    RecapPage page;
    page.title = made.title.in(language);
    page.office = recap.office().name;
    RecapLine all, unread;
    unread.read = false;
    for (auto const& line : recap.lines) {
        all.read = all.read && line.read;
        all.offices += line.offices;
        all.keeping += line.keeping;
        for (auto const& [state, number] : line.states) {
            all.states[state] += number;
            if (!line.read)
                unread.states[state] += number;
        }
    }
    // of rounded numbers not even this is told, which states are empty
    bool const rounded = step_for(made, all.read) > 1;
    auto const shown = [&](definition::State const& state) { return rounded || all.states.contains(state.id); };
    auto const cells_of = [&](RecapLine const& line) {
        std::vector<RecapCell> cells;
        for (auto const& state : made.states)
            if (shown(state)) {
                auto const found = line.states.find(state.id);
                cells.push_back({ state.label.in(language), rounded_count(found == line.states.end() ? 0 : found->second, step_for(made, line.read)) });
            }
        return cells;
    };
    for (auto const& state : made.states)
        if (shown(state))
            page.heads.push_back({ state.label.in(language) });
    for (auto const& line : recap.lines) {
        RecapRow row { line.name, {}, &line == &recap.office(), line.keeping, line.offices, cells_of(line), rounded_count(line.total(), step_for(made, line.read)) };
        if (line.branch && line.offices > 1)
            row.link = { address_of_recap(line.code, made.id) };
        else if (line.keeping > 0 && line.offices == 1)
            row.link = { "/units/" + line.code + "/registers/" + made.id };
        page.rows.push_back(std::move(row));
    }
    // what he may not read is rounded together and the rest added as it is: a rounded sum of both less what he knows would give one office away
    page.sums = cells_of(unread);
    std::size_t at = 0;
    for (auto const& state : made.states)
        if (shown(state))
            page.sums[at++].count += all.states[state.id] - unread.states[state.id];
    page.in_all = rounded_count(unread.total(), step_for(made, false)) + all.total() - unread.total();
    page.keeping = all.keeping;
    page.offices = all.offices;
    page.step = step_for(made, all.read);
    page.rounded = rounded;
    page.list = { "/units/" + recap.office().code + "/registers" };
    page.csv = { address_of_recap(recap.office().code, made.id) + "?format=csv" };
    if (all.total() == 0 && !rounded)
        page.nothing = view::EmptyState { { "record.recap.nothing" }, view::Sentence { "record.recap.nothing_why" }, page.list, { "record.registers" } };
    return page;
}

namespace {

/// One line for each office, for a spreadsheet of one's own.
http::Response csv_of(Recap const& recap)
{
    auto const page = recap_page(recap, text::Language::Indonesian);
    std::vector<std::string> head { "Kode", "Satuan kerja", "Dipakai" };
    for (auto const& each : page.heads)
        head.push_back(each.label);
    head.emplace_back("Jumlah");
    auto body = "\xEF\xBB\xBF" + csv_line(head);
    for (std::size_t at = 0; at < page.rows.size(); ++at) {
        auto const& row = page.rows[at];
        std::vector<std::string> cells { recap.lines[at].code, row.unit, row.keeping > 0 ? "ya" : "belum" };
        for (auto const& cell : row.cells)
            cells.push_back(std::to_string(cell.count));
        cells.push_back(std::to_string(row.in_all));
        body += csv_line(cells);
    }
    http::Response answer;
    answer.body = std::move(body);
    return answer.with("Content-Type", "text/csv; charset=utf-8")
        .with("Content-Disposition", "attachment; filename=\"rekap-" + recap.made->id + "-" + recap.office().code + ".csv\"")
        .with("X-Content-Type-Options", "nosniff")
        .with(std::string { row_count_field }, std::to_string(page.rows.size()));
}

Result<http::Response> show_recap(account::Visit& visit, Surroundings const& around)
{
    bool const as_csv = visit.request.query.text("format") == "csv";
    auto const recap = TRY(visit.database.read([&](storage::Reader& reader) {
        return recap_of(reader, around.shelf, asker_of(visit), visit.request.parameter("unit"), visit.request.parameter("register"), as_csv ? RecapBy::Office : RecapBy::Branch);
    }));
    if (as_csv)
        return csv_of(recap);
    auto frame = visit.frame({ "record.recap.title" }, "registers");
    auto const page = recap_page(recap, frame.language);
    frame.office = recap.office().name;
    frame.office_code = recap.office().code;
    frame.crumbs = { { { "record.registers" }, page.list }, { view::plain(page.title), {} } };
    return visit.page("record/recap", page, frame);
}

}

void register_recap_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<RecapPage>(router, "/units/{unit}/registers/{register}/recap", "plan.read", [around](account::Visit& visit) { return show_recap(visit, around); });
}

}
