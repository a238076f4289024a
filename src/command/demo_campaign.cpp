#include "command/demo_campaign.hpp"
#include "campaign/campaign_job.hpp"
#include "job/job.hpp"

namespace kpuhub::command {

static journal::Act act_on(PersonId person, time::Instant now, int days_ago)
{
    auto const at = now.plus(std::chrono::hours { -24 * days_ago });
    return journal::make_act(person, at, time::date_at(at, time::Zone::Wib));
}

Result<int> load_demo_campaign(storage::Database& database, RecordKeeping& keeping, UnitId unit, PersonId secretary, std::string const& matter, time::Clock const& clock)
{
    constexpr int began_days_ago = 9, due_in_days = 14, most_people = 200, signing_of = 5, signing = 2;
    auto const* kind = definition::campaign_of(matter);
    if (!kind)
        return not_found();
    auto const now = clock.now();
    campaign::Asking const asking { database, keeping.desk(), keeping.calendars, clock };
    auto const begin = act_on(secretary, now, began_days_ago);
    campaign::NewCampaign const wanted { matter, std::to_string(begin.today.year()), clock.today().plus(std::chrono::days { due_in_days }) };
    auto const id = TRY(database.write([&](storage::Transaction& transaction) -> Result<SubjectId> {
        auto const made = TRY(campaign::start_in(transaction, begin, unit, wanted, {}));
        TRY(campaign::ask_some(transaction, begin, asking, made, most_people));
        return made;
    }));
    auto const people = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<campaign::Person>> { return campaign::people_of(reader, secretary, clock.today(), id); }));
    int signed_by = 0;
    for (std::size_t at = 0; at < people.size(); ++at) {
        if (at % signing_of >= signing)
            continue;
        auto const& person = people[at];
        auto const act = act_on(person.id, now, began_days_ago - 1 - static_cast<int>(at) % (began_days_ago - 1));
        TRY_VOID(database.write([&](storage::Transaction& transaction) {
            return record::do_step(transaction, act, asking.desk, { person.record, person.version, kind->file_step, { { kind->shows.front(), { act.today.iso() } } } });
        }));
        ++signed_by;
    }
    return signed_by;
}

}
