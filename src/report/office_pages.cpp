#include "account/table_answer.hpp"
#include "codec/xlsx_writer.hpp"
#include "organization/access.hpp"
#include "organization/unit_access.hpp"
#include "report/office_model.hpp"
#include "report/package_pages.hpp"
#include "text/messages.hpp"
#include "view/words.hpp"
#include <fmt/format.h>

namespace kpuhub::report {

void OfficeRow::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("name", name);
    v.field("plan", plan);
    v.field("package", package);
    v.field("late", late);
    v.field("requests", requests);
    v.field("bad_plan", bad_plan);
    v.field("bad_package", bad_package);
    v.field("to_plan", to_plan);
    v.field("to_package", to_package);
    v.field("to_late", to_late);
    v.field("to_requests", to_requests);
    v.field("to_offices", to_offices);
}

void OfficesPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("year", year);
    v.field("period", period);
    v.list("tabs", tab_links);
    v.list("rows", rows);
    v.list("periods", period_options);
    v.field("offices", offices);
    v.field("fixed", fixed);
    v.field("received", received);
    v.field("waiting", waiting);
    v.field("to_waiting", to_waiting);
    v.field("self", self);
    v.field("xlsx", xlsx);
    v.field("csv", csv);
    v.field("decrees", decrees);
}

namespace {

OfficeRow row_of(OfficeStand const& stand, int year)
{
    bool const alone = stand.units == 1;
    OfficeRow row { stand.code, stand.name };
    auto const of = [&](std::int64_t count) { return view::Sentence { "words.n_of", { count, stand.units } }; };
    row.plan = alone ? view::Sentence { stand.fixed > 0 ? "report.offices.fixed" : "report.offices.no_plan" } : of(stand.fixed);
    row.package = !alone                ? of(stand.received)
        : stand.received > 0            ? view::Sentence { "report.offices.received" }
        : stand.returned > 0            ? view::Sentence { "report.offices.returned" }
        : stand.sent > 0                ? view::Sentence { "report.offices.sent" }
                                        : view::Sentence { "report.offices.no_package" };
    row.late = stand.late;
    row.requests = stand.requests;
    row.bad_plan = stand.fixed < stand.units;
    row.bad_package = stand.received < stand.units;
    auto const unit = "/units/" + stand.code;
    row.to_plan = { alone ? fmt::format("{}/plans/{}", unit, year) : fmt::format("{}/offices?year={}", unit, year) };
    row.to_package = { stand.package != 0 ? fmt::format("/packages/{}", stand.package) : fmt::format("{}/packages?year={}", unit, year) };
    row.to_late = { fmt::format("{}/figures?period={}&part=late{}", unit, year, alone ? "" : "&below=1") };
    row.to_requests = { unit + "/requests" };
    if (!alone)
        row.to_offices = { fmt::format("{}/offices?year={}", unit, year) };
    return row;
}

Result<OfficesPage> offices_page(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const& query = visit.request.query;
    auto const asked = query.integer("year").value_or(who.today.year());
    auto const year = static_cast<int>(asked < 2010 || asked > 2100 ? who.today.year() : asked);
    auto const quarter = std::max(1, (static_cast<int>(who.today.month()) - 1) / 3);
    auto const code = period_kind(query.text("period")) != nullptr ? query.text("period") : "Q" + std::to_string(quarter);
    return visit.database.read([&](storage::Reader& reader) -> Result<OfficesPage> {
        auto const [unit, may] = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), { "plan.read", "plan.issue_below", {} }));
        OfficesPage page { unit.name, view::Year { year }, period_choice(code), tabs(unit.code, Place::Offices) };
        for (auto const& stand : offices_below(reader, who.person, who.today, unit.id, year, code)) {
            page.rows.push_back(row_of(stand, year));
            page.offices += stand.units;
            page.fixed += stand.fixed;
            page.received += stand.received;
        }
        for (auto const& period : period_kinds())
            page.period_options.push_back({ period.code, period_choice(period.code), period.code == code });
        page.waiting = static_cast<std::int64_t>(waiting_at(reader, who.person, who.today, unit.id).size());
        page.to_waiting = { fmt::format("/units/{}/packages#masuk", unit.code) };
        page.self = { fmt::format("/units/{}/offices", unit.code) };
        if (may[1])
            page.decrees = { fmt::format("/units/{}/decrees?year={}", unit.code, year) };
        page.xlsx = { fmt::format("{}.xlsx?year={}&period={}", page.self.address, year, code) };
        page.csv = { page.xlsx.address + "&form=csv" };
        return page;
    });
}

Result<http::Response> show_offices(account::Visit& visit)
{
    auto const page = TRY(offices_page(visit));
    return visit.page("report/offices", page, visit.frame({ "report.offices.title", { page.unit_name } }, "reports"));
}

Result<http::Response> send_sheet(account::Visit& visit)
{
    auto const page = TRY(offices_page(visit));
    auto const& messages = visit.door.renderer().messages();
    auto const language = visit.public_frame({}).language;
    codec::Sheet sheet { messages.text("report.tab.offices", language) };
    sheet.widths = { 9, 36, 20, 24, 16, 18 };
    sheet.heading_first = sheet.heading_last = 2;
    sheet.cells.push_back({ 0, 0, page.unit_name + " " + std::to_string(page.year.number) + ", " + messages.text(page.period.message_key, language), codec::CellLook::Title });
    int column = 0;
    for (auto const* key : { "report.sheet.code", "report.sheet.office", "report.offices.plan", "report.offices.package", "report.offices.late", "report.offices.requests" })
        sheet.cells.push_back({ 2, column++, messages.text(key, language), codec::CellLook::Heading });
    int line = 3;
    for (auto const& row : page.rows) {
        std::vector<codec::SheetValue> const values { row.code, row.name, view::words(row.plan, messages, language), view::words(row.package, messages, language), row.late, row.requests };
        for (std::size_t at = 0; at < values.size(); ++at)
            sheet.cells.push_back({ line, static_cast<int>(at), values[at] });
        ++line;
    }
    return account::table_answer(visit, sheet, fmt::format("satker-{}-{}", visit.request.parameter("unit"), page.year.number));
}

}

void register_office_pages(account::Door const& door, http::Router& router)
{
    door.get<OfficesPage>(router, "/units/{unit}/offices", "plan.read", show_offices);
    door.get(router, "/units/{unit}/offices.xlsx", "plan.read", send_sheet);
}

}
