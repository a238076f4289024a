#include "campaign/campaign_pages.hpp"
#include "account/form.hpp"
#include "account/table_answer.hpp"
#include "campaign/campaign_model.hpp"
#include "campaign/campaign_store.hpp"
#include "codec/paper_pdf.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::campaign {

namespace {

SubjectId campaign_id(account::Visit const& visit) { return { account::number_of(visit.request.parameter("campaign")) }; }

/// All that page, sheet and paper are made of.
struct Read {
    Campaign campaign;
    std::vector<Person> people;
    Counts counts;
    std::vector<Newcomer> newcomers;
    std::vector<record::OwedValues> values;
};

Result<Read> read(storage::Reader& reader, account::Visit const& visit)
{
    auto const& who = visit.reader;
    Read found { TRY(find_campaign(reader, who.person, who.today, campaign_id(visit))), {}, {}, {}, {} };
    found.people = people_of(reader, who.person, who.today, found.campaign.id);
    found.counts = found.campaign.reads_names ? counts_of(found.people) : count_people(reader, who.today, found.campaign.id);
    if (found.campaign.may_run && found.campaign.open() && found.campaign.all_asked)
        found.newcomers = newcomers(reader, found.campaign, found.people, who.today);
    if (found.campaign.reads_names && found.counts.filed > 0)
        found.values = record::values_of(reader, *found.campaign.kind->made, found.campaign.kind->shows, records_of_campaign, found.campaign.id);
    return found;
}

CampaignParts parts_of(account::Visit const& visit, Read const& found, text::Language language)
{
    return { found.campaign, found.people, found.counts, found.newcomers, found.values, visit.reader.person, visit.reader.today, visit.reader.zone, language, visit.request.query.text("show"),
        visit.request.query.text("subdivision") };
}

/// The people of the list are noted in the read log: each stands there with what he has filed.
void note_names(account::Visit const& visit, Surroundings const& around, Read const& found, record::ReadAct act)
{
    auto const& campaign = found.campaign;
    if (!campaign.reads_names)
        return;
    auto const others = std::ranges::count_if(found.people, [&](Person const& each) { return each.id != visit.reader.person; });
    around.records.reads.note({ visit.now, visit.reader.person, campaign.unit, campaign.kind->made->id, {}, act, campaign.kind->made->data_class, others });
}

Result<CampaignPage> make_page(account::Visit& visit, Surroundings const& around)
{
    auto const language = visit.public_frame({}).language;
    auto const found = TRY(visit.database.read([&](storage::Reader& reader) { return read(reader, visit); }));
    note_names(visit, around, found, record::ReadAct::Listed);
    auto page = campaign_page(parts_of(visit, found, language));
    if (found.campaign.reads_names && found.campaign.open())
        page.reminder = reminder_text(found.campaign, found.people, visit.door.renderer().messages(), language, visit.door.settings().public_url);
    page.next = { fmt::format("/units/{}/campaigns", found.campaign.unit_code) };
    return page;
}

http::Response shown(account::Visit& visit, CampaignPage const& page, int status)
{
    auto frame = visit.frame(view::plain(page.title + ", " + page.unit_name), "registers");
    frame.crumbs = { { { "campaign.list.heading" }, page.next }, { view::plain(page.title), {} } };
    auto const& query = visit.request.query;
    if (auto const mailed = query.integer("mailed"))
        frame.notice = view::Notice { view::Notice::Kind::Done, { "campaign.mailed", { *mailed, query.integer("without").value_or(0), query.integer("today").value_or(0) } } };
    if (auto const accepted = query.integer("accepted"))
        frame.notice = view::Notice { view::Notice::Kind::Done, { "campaign.accepted_now", { *accepted } } };
    auto answer = visit.page("campaign/campaign", page, frame, status);
    if (page.asking && status == 200)
        answer.with("Refresh", "2");            // works without script; people are asked within seconds
    return answer;
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around) { return shown(visit, TRY(make_page(visit, around)), 200); }

/// Runs a step of who runs the campaign and leads back; what the person can mend is said on the page itself.
template<typename Step>
Result<http::Response> take(account::Visit& visit, Surroundings const& around, Step const& step)
{
    auto const act = visit.act();
    auto const id = campaign_id(visit);
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> { return fmt::format("/campaigns/{}", id.value) + TRY(step(transaction, act, id)); });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(make_page(visit, around));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

using storage::Transaction;

Result<http::Response> take_reminders(account::Visit& visit, Surroundings const& around)
{
    Mailing const mailing { visit.door.renderer().messages(), visit.door.settings().public_url };
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        auto const done = TRY(remind(transaction, act, id, mailing));
        return fmt::format("?mailed={}&without={}&today={}", done.mailed, done.without_address, done.today_already);
    });
}

Result<http::Response> take_acceptance(account::Visit& visit, Surroundings const& around)
{
    std::vector<Accepted> accepted;
    for (auto const& item : visit.request.form.all("item")) {
        auto const colon = item.find(':');
        accepted.push_back({ { account::number_of(item.substr(0, colon)) }, colon == std::string::npos ? 0 : account::number_of(item.substr(colon + 1)) });
    }
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        return fmt::format("?accepted={}", TRY(accept(transaction, act, around.records.desk(), id, accepted)));
    });
}

Result<http::Response> take_people(account::Visit& visit, Surroundings const& around)
{
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        TRY_VOID(ask_newcomers(transaction, act, id));
        return std::string {};
    });
}

Result<http::Response> take_closing(account::Visit& visit, Surroundings const& around)
{
    auto const version = visit.request.form.integer("version").value_or(0);
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        TRY_VOID(close(transaction, act, id, version));
        return std::string {};
    });
}

Result<http::Response> take_reopening(account::Visit& visit, Surroundings const& around)
{
    auto const version = visit.request.form.integer("version").value_or(0);
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        TRY_VOID(reopen(transaction, act, id, version));
        return std::string {};
    });
}

Result<Read> read_names(account::Visit& visit, Surroundings const& around)
{
    auto found = TRY(visit.database.read([&](storage::Reader& reader) { return read(reader, visit); }));
    if (!found.campaign.reads_names)
        return forbidden("campaign.forbidden.names");
    note_names(visit, around, found, record::ReadAct::Exported);
    return found;
}

Result<http::Response> send_sheet(account::Visit& visit, Surroundings const& around)
{
    auto const found = TRY(read_names(visit, around));
    auto const sheet = campaign_sheet(parts_of(visit, found, visit.public_frame({}).language), visit.door.renderer().messages());
    return account::table_answer(visit, sheet, fmt::format("{}-{}-{}", found.campaign.kind->matter, found.campaign.period, found.campaign.unit_code));
}

Result<http::Response> send_paper(account::Visit& visit, Surroundings const& around)
{
    auto const found = TRY(read_names(visit, around));
    auto const signers = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::vector<paper::OfficeSigner>> {
        return paper::signers_of(reader, found.campaign.unit, found.campaign.unit_name, visit.reader.today);
    }));
    http::Response answer;
    answer.body = TRY(codec::write_pdf(campaign_paper(parts_of(visit, found, text::Language::Indonesian), visit.door.renderer().messages(), signers),
        { .sandbox_required = visit.door.settings().sandbox_required }));
    answer.with("Content-Type", "application/pdf")
        .with("Content-Disposition", fmt::format("inline; filename=\"{}-{}-{}.pdf\"", found.campaign.kind->matter, found.campaign.period, found.campaign.unit_code));
    return answer;
}

}

void register_campaign_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<CampaignPage>(router, "/campaigns/{campaign}", "plan.read", [around](account::Visit& visit) { return show(visit, around); });
    door.get(router, "/campaigns/{campaign}/sheet", "campaign.names", [around](account::Visit& visit) { return send_sheet(visit, around); });
    door.get(router, "/campaigns/{campaign}/list.pdf", "campaign.names", [around](account::Visit& visit) { return send_paper(visit, around); });
    door.post(router, "/campaigns/{campaign}/reminders", "campaign.run", [around](account::Visit& visit) { return take_reminders(visit, around); });
    door.post(router, "/campaigns/{campaign}/acceptance", "campaign.accept", [around](account::Visit& visit) { return take_acceptance(visit, around); });
    door.post(router, "/campaigns/{campaign}/people", "campaign.run", [around](account::Visit& visit) { return take_people(visit, around); });
    door.post(router, "/campaigns/{campaign}/closing", "campaign.run", [around](account::Visit& visit) { return take_closing(visit, around); });
    door.post(router, "/campaigns/{campaign}/reopening", "campaign.run", [around](account::Visit& visit) { return take_reopening(visit, around); });
}

}
