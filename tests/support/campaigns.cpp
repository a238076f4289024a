#include "support/campaigns.hpp"
#include "campaign/campaign_job.hpp"
#include "flow/clock.hpp"
#include "organization/duty.hpp"
#include "support/registers.hpp"
#include <stdexcept>

namespace kpuhub::testing {

using storage::Query;

constexpr Query insert_post { "test.campaign_post", "INSERT INTO post (unit_id, title, kind, valid_from) VALUES ($1, 'Staf', 'staff', '2000-01-01') RETURNING id" };
constexpr Query insert_person { "test.campaign_person", "INSERT INTO person (unit_id, name, employment) VALUES ($1, $2, 'pns') RETURNING id" };
constexpr Query insert_appointment { "test.campaign_appointment", "INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES ($1, $2, 'definitive', $3)" };

template<typename T>
static T sure(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message_key + " " + result.error().detail);
    return std::move(*result);
}

void load_campaign_definitions(storage::Database& database)
{
    publish_registers(database);
    sure(flow::load_calendar(database));
    sure(flow::load_clock_rules(database));
    sure(organization::load_duties(database));
    sure(campaign::load_meanings(database));
}

PersonId add_staff(storage::Database& database, UnitId unit, std::string const& name, time::Date from)
{
    return sure(database.write([&](storage::Transaction& transaction) -> Result<PersonId> {
        auto const post = transaction.insert<PostTag>(insert_post, unit);
        auto const person = transaction.insert<PersonTag>(insert_person, unit, name);
        transaction.execute(insert_appointment, person, post, from);
        return person;
    }));
}

std::vector<PersonId> fill_office(storage::Database& database, Office const& office)
{
    std::vector<PersonId> added;
    for (auto const* name : { "Agus", "Bayu", "Citra", "Dian", "Eka", "Fajar", "Gita", "Hadi", "Indah" })
        added.push_back(add_staff(database, office.kota_jambi, name));
    return added;
}

}
