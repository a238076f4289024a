#include "account/table_answer.hpp"
#include "plan/board_address.hpp"
#include "plan/board_model.hpp"
#include "plan/board_sheet.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "text/normal.hpp"
#include <charconv>

namespace kpuhub::plan {

namespace {

/// No plan of that year: what to start it from.
struct NoPlan {
    view::Year year;
    std::string office;
    bool may_manage = false;
    std::vector<BoardStep> steps;
    std::vector<BoardStep> others;

    void describe(view::Visitor& v) const
    {
        v.field("year", year);
        v.field("office", office);
        v.field("may_manage", may_manage);
        v.list("steps", steps);
        v.list("others", others);
    }
};

constexpr int most_areas = 40;

struct Found {
    PageOffice office {};
    std::optional<Board> board {};
    std::vector<PlanHead> plans {};
};

int number_in(http::Fields const& query, std::string_view name, int most)
{
    auto number = query.integer(name).value_or(0);
    return number >= 1 && number <= most ? static_cast<int>(number) : 0;
}

std::optional<std::set<int>> open_areas(http::Fields const& query)
{
    auto wish = query.find("open");
    if (!wish)
        return std::nullopt;
    constexpr std::size_t longest = 200;
    std::set<int> open;
    auto rest = wish->substr(0, longest);
    while (!rest.empty()) {
        int number = 0;
        std::from_chars(rest.data(), rest.data() + rest.size(), number);
        open.insert(number);
        auto dot = rest.find('.');
        rest = dot == std::string_view::npos ? std::string_view {} : rest.substr(dot + 1);
    }
    return open;
}

std::set<int> every_area()
{
    std::set<int> open;
    for (int each = 1; each <= most_areas; ++each)
        open.insert(each);
    return open;
}

BoardFilter filter_of(http::Fields const& query)
{
    constexpr std::size_t longest_text = 200;
    BoardFilter filter;
    auto view = query.text("view");
    filter.view = view == "quarter" ? BoardView::Quarters : view == "semester" ? BoardView::Semesters : BoardView::Months;
    filter.typed = shortened(query.text("q"), longest_text);
    filter.text = text::normal(filter.typed);
    filter.area = number_in(query, "area", most_areas);
    filter.owner = query.text("owner");
    filter.state = query.text("state");
    filter.proof = query.text("proof");
    filter.month = number_in(query, "month", 12);
    filter.shown_month = number_in(query, "m", 12);
    filter.open = open_areas(query);
    return filter;
}

http::Response no_plan(account::Visit& visit, Found const& found, int year)
{
    NoPlan page { { year }, found.office.name, false, {}, {} };
    auto const plans = "/units/" + found.office.code + "/plans";
    for (auto const& role : visit.reader.roles)
        if (role.name == "rb_secretary" && role.unit == found.office.id)
            page.may_manage = true;
    if (page.may_manage) {
        page.steps = { { { "/units/" + found.office.code + "/imports" }, { "plan.none.import" } },
            { { plans + "#start" }, { "plan.none.start" } } };
    }
    for (auto const& head : found.plans)
        if (head.plan.kind == PlanKind::Office)
            page.others.push_back({ { board_address(found.office.code, head.plan.year) }, { "plan.none.other", { view::Year { head.plan.year } } } });
    auto frame = plan_frame(visit, { "plan.board.title", { view::Year { year } } }, found.office, year);
    return visit.page("plan/none", page, frame, 404);
}

Result<Found> find(account::Visit& visit, int year)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<Found> {
        Found found { TRY(page_office(reader, visit)) };
        auto read = board(reader, visit.reader.person, visit.reader.today, found.office.id, year);
        if (read) {
            found.board = std::move(*read);
            return found;
        }
        found.plans = plans_of(reader, visit.reader.person, visit.reader.today, found.office.id);
        if (found.plans.empty() && found.office.id != visit.reader.unit)
            return fail(read.error());
        return found;
    });
}

Result<http::Response> show_board(account::Visit& visit)
{
    auto const year = TRY(page_year(visit));
    auto found = TRY(find(visit, year));
    if (!found.board)
        return no_plan(visit, found, year);
    auto page = board_page(*found.board, filter_of(visit.request.query), visit.reader.today);
    auto frame = plan_frame(visit, { "plan.board.title", { view::Year { year } } }, found.office, year);
    frame.wide = true;
    return visit.page("plan/board", page, frame);
}

/// What is on the screen as XLSX or CSV; a sheet is for all areas, whichever are open.
Result<http::Response> show_sheet(account::Visit& visit)
{
    auto const year = TRY(page_year(visit));
    auto found = TRY(find(visit, year));
    if (!found.board)
        return not_found("plan.none");
    auto filter = filter_of(visit.request.query);
    filter.open = every_area();
    auto const language = visit.frame({}).language;
    auto const sheet = board_sheet(board_page(*found.board, filter, visit.reader.today),
        [&](view::Sentence const& sentence) { return visit.door.renderer().words(sentence, language); });
    return account::table_answer(visit, sheet, "papan-" + found.office.code + "-" + std::to_string(year));
}

}

void register_board_pages(account::Door const& door, http::Router& router)
{
    door.get<BoardPage>(router, "/units/{unit}/plans/{year}", "plan.read", show_board);
    door.get(router, "/units/{unit}/plans/{year}/sheet", "plan.read", show_sheet);
}

}
