#include "account/table_answer.hpp"
#include "campaign/campaign_model.hpp"
#include "campaign/campaign_pages.hpp"
#include "organization/unit_access.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::campaign {

static Result<MatrixPage> make_page(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const* kind = definition::campaign_of(visit.request.parameter("matter"));
    auto const& year = visit.request.parameter("year");
    bool const is_year = year.size() == 4 && std::ranges::all_of(year, [](char sign) { return sign >= '0' && sign <= '9'; });
    if (!kind || !is_year)
        return not_found();
    auto const language = visit.public_frame({}).language;
    return visit.database.read([&](storage::Reader& reader) -> Result<MatrixPage> {
        auto const unit = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), "plan.read"));
        return matrix_page(*kind, year, unit, branches_of(reader, who.person, who.today, unit.id, kind->matter, year), language);
    });
}

static Result<http::Response> show(account::Visit& visit)
{
    auto const page = TRY(make_page(visit));
    auto frame = visit.frame(view::plain(page.title + ", " + page.unit_name), "registers");
    frame.crumbs = { { { "campaign.list.heading" }, page.list }, { { "campaign.matrix.title", { page.title } }, {} } };
    return visit.page("campaign/matrix", page, frame);
}

static Result<http::Response> send_sheet(account::Visit& visit)
{
    auto const page = TRY(make_page(visit));
    auto const sheet = matrix_sheet(page, visit.door.renderer().messages(), visit.public_frame({}).language);
    return account::table_answer(visit, sheet, fmt::format("{}-{}-satker", visit.request.parameter("matter"), visit.request.parameter("year")));
}

void register_matrix_pages(account::Door const& door, http::Router& router)
{
    door.get<MatrixPage>(router, "/units/{unit}/campaigns/{matter}/{year}", "plan.read", show);
    door.get(router, "/units/{unit}/campaigns/{matter}/{year}/sheet", "plan.read", send_sheet);
}

}
