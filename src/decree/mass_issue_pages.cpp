#include "account/form.hpp"
#include "decree/issue_pages.hpp"
#include "decree/mass_issue.hpp"
#include "decree/mass_model.hpp"
#include "decree/time_left.hpp"
#include "definition/plan_years.hpp"
#include "organization/unit_access.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::decree {

void MassOffice::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("name", name);
    v.field("link", link);
    v.field("number", number);
    v.field("printed", printed);
}

void MassPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("year", year);
    v.field("issued", issued);
    v.field("written", written);
    v.field("open", open);
    v.field("more", more);
    v.field("more_issued", more_issued);
    v.list("offices", offices);
    v.list("numbered", numbered);
    v.field("ordered", ordered);
    v.field("running", running);
    v.field("queued", queued);
    v.field("may_order", may_order);
    v.field("resumes", resumes);
    v.field("done", done);
    v.field("all", all);
    v.field("left", left);
    v.field("failed", failed);
    v.field("wrong", wrong);
    v.field("stopped", stopped);
    v.field("self", self);
    v.field("action", action);
    v.field("stop", stop);
    v.field("dated_on", dated_on);
    v.field("errors", errors);
}

namespace {

int year_asked(account::Visit const& visit)
{
    auto const year = static_cast<int>(std::clamp<std::int64_t>(visit.request.query.integer("year").value_or(visit.reader.today.year()), 0, 9999));
    return definition::plan_years().hold(year) ? year : visit.reader.today.year();
}

void tell_order(MassPage& page, MassOrder const& order, account::Visit const& visit)
{
    page.ordered = view::Sentence { "decree.mass.ordered", { view::Moment { order.ordered_at, visit.reader.zone }, order.ordered_by, order.offices } };
    page.running = order.runs();
    page.queued = order.job.state == "waiting";
    page.done = order.job.done_steps;
    page.all = order.job.all_steps;
    page.left = time_left(order.job, visit.now);
    page.stopped = order.job.state == "cancelled";
    page.resumes = !page.running && page.open > 0;
    if (order.job.state == "failed")
        page.failed = view::Sentence { order.job.fault };
}

/// The first of a list. Returns how many are left out.
std::int64_t show_first(std::vector<OfficeDecree> const& all, int year, std::string_view below, std::vector<MassOffice>& shown)
{
    constexpr std::size_t most_shown = 40;
    for (auto const& office : all)
        if (shown.size() < most_shown)
            shown.push_back({ office.code, office.name, { fmt::format("/units/{}/plans/{}{}", office.code, year, below) }, office.number, office.printed });
    return static_cast<std::int64_t>(all.size() - shown.size());
}

Result<MassPage> mass_page(account::Visit& visit)
{
    auto const& who = visit.reader;
    int const year = year_asked(visit);
    return visit.database.read([&](storage::Reader& reader) -> Result<MassPage> {
        auto const unit = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), "plan.issue_below"));
        auto const stand = mass_stand(reader, who.person, who.today, unit.id, year);
        MassPage page { unit.name, { year }, static_cast<std::int64_t>(stand.issued.size()), std::ranges::count_if(stand.issued, &OfficeDecree::printed),
            static_cast<std::int64_t>(stand.open.size()) };
        page.more = show_first(stand.open, year, "", page.offices);
        page.more_issued = show_first(stand.issued, year, "/decree", page.numbered);
        if (auto const order = last_order(reader, unit.id, year))
            tell_order(page, *order, visit);
        page.may_order = !page.running && page.open > 0;
        page.self = { fmt::format("/units/{}/decrees", unit.code) };
        page.action = { fmt::format("{}?year={}", page.self.address, year) };
        page.stop = { fmt::format("/units/{}/decrees/stop?year={}", unit.code, year) };
        auto const typed = visit.request.form.text("dated_on");
        page.dated_on = typed.empty() ? who.today.iso() : typed;
        return page;
    });
}

http::Response shown(account::Visit& visit, MassPage const& page, int status)
{
    auto answer = visit.page("decree/mass", page, visit.frame({ "decree.mass.title", { page.unit_name } }, "reports"), status);
    if (page.running && status == 200)
        answer.with("Refresh", "3");        // works without script
    return answer;
}

Result<http::Response> show_mass(account::Visit& visit) { return shown(visit, TRY(mass_page(visit)), 200); }

template<typename Step>
Result<http::Response> take_step(account::Visit& visit, Step const& step)
{
    auto const act = visit.act();
    int const year = year_asked(visit);
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) { return organization::unit_for(reader, act.actor, act.today, visit.request.parameter("unit"), "plan.read"); }));
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(step(transaction, act, unit.id, year));
        return fmt::format("/units/{}/decrees?year={}", unit.code, year);
    });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(mass_page(visit));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

Result<http::Response> order_mass(account::Visit& visit)
{
    auto const on = account::day_in(visit.request, "dated_on", visit.reader.today);
    return take_step(visit, [&](storage::Transaction& transaction, journal::Act const& act, UnitId unit, int year) -> Result<void> {
        if (!on) {
            TRY_VOID(order_below(transaction, act, unit, year, act.today));     // the right comes before the form; nothing of it is kept
            return tl::make_unexpected(on.error());
        }
        return order_below(transaction, act, unit, year, *on);
    });
}

Result<http::Response> stop_mass(account::Visit& visit) { return take_step(visit, stop_order); }

}

void register_mass_pages(account::Door const& door, http::Router& router)
{
    door.get<MassPage>(router, "/units/{unit}/decrees", "plan.issue_below", show_mass);
    door.post(router, "/units/{unit}/decrees", "plan.issue_below", order_mass);
    door.post(router, "/units/{unit}/decrees/stop", "plan.issue_below", stop_mass);
}

}
