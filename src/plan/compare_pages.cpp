#include "plan/board.hpp"
#include "plan/compare_model.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/plan_revise.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::plan {

namespace {

/// "2026" or "1571/2026": a year of this office, or an office and its year.
struct Other {
    std::string unit;
    int year = 0;
};

Other other_of(std::string_view with, std::string const& unit)
{
    Other other { unit };
    if (auto slash = with.find('/'); slash != std::string_view::npos) {
        other.unit = std::string(with.substr(0, slash));
        with.remove_prefix(slash + 1);
    }
    std::from_chars(with.data(), with.data() + with.size(), other.year);
    return other;
}

Result<PlanHead> of_year(std::vector<PlanHead> const& heads, int year)
{
    auto const found = std::ranges::find_if(heads, [&](PlanHead const& each) { return each.plan.year == year && each.plan.kind == PlanKind::Office; });
    if (found == heads.end())
        return not_found("plan.none");
    return *found;
}

std::optional<std::int64_t> revision_of(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() && number >= 0 ? std::optional { number } : std::nullopt;
}

void moments(std::vector<FilterOption>& options, std::vector<SnapshotHead> const& kept, std::string const& chosen, time::Zone zone)
{
    options.push_back({ "now", { "plan.compare.now" }, chosen == "now" });
    for (auto const& each : kept) {
        auto code = std::to_string(each.revision);
        options.push_back({ code, { each.revision == 0 ? "plan.compare.fixed" : "plan.compare.revision", { each.revision, time::date_at(each.taken_at, zone) } },
            code == chosen });
    }
}

Result<ComparePage> read_page(storage::Reader& reader, account::Visit const& visit, PageOffice& office, text::Language language)
{
    auto const& who = visit.reader;
    auto const& query = visit.request.query;
    auto const year = TRY(page_year(visit));
    auto const heads = plans_of(reader, who.person, who.today, visit.request.parameter("unit"));       // both years of an office in one statement
    auto const head = TRY(of_year(heads, year));
    office = { head.plan.unit, head.unit_code, head.unit_name };
    ComparePage page;
    page.year = { year };
    page.board = { board_address(office.code, year) };
    page.action = { board_address(office.code, year) + "/compare" };
    page.with = query.text("with");
    auto kept = snapshots_of(reader, head.plan.id);
    auto before = query.text("before").empty() ? (kept.empty() ? std::string { "now" } : std::to_string(kept.back().revision)) : query.text("before");
    auto after = query.text("after").empty() ? std::string { "now" } : query.text("after");
    moments(page.befores, kept, before, head.plan.zone);
    moments(page.afters, kept, after, head.plan.zone);
    Tree then, now;
    now.areas = TRY(areas_at(reader, head, revision_of(after)));
    if (page.with.empty()) {
        then.areas = TRY(areas_at(reader, head, revision_of(before)));
    } else {
        auto const other = other_of(page.with, office.code);
        auto const theirs = other.unit == office.code ? heads : plans_of(reader, who.person, who.today, other.unit);
        then.areas = TRY(areas_at(reader, TRY(of_year(theirs, other.year)), {}));
    }
    fill_rows(page, compare(then, now), language);
    if (page.rows.empty())
        page.nothing = view::EmptyState { { "plan.compare.same" } };
    return page;
}

Result<http::Response> show_compare(account::Visit& visit)
{
    PageOffice office;
    auto frame = visit.frame({ "plan.compare.title" }, "board");
    auto page = TRY(visit.database.read([&](storage::Reader& reader) { return read_page(reader, visit, office, frame.language); }));
    frame.office = office.name;
    frame.office_code = office.code;
    frame.year = page.year;
    frame.crumbs = { { { "plan.board.title", { page.year } }, page.board }, { { "plan.compare.title" } } };
    return visit.page("plan/compare", page, frame);
}

}

void register_compare_pages(account::Door const& door, http::Router& router)
{
    door.get<ComparePage>(router, "/units/{unit}/plans/{year}/compare", "plan.read", show_compare);
}

}
