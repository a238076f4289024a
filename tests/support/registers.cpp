#include "support/registers.hpp"
#include "record/place.hpp"
#include <gtest/gtest.h>
#include <stdexcept>

namespace kpuhub::testing {

constexpr storage::Query insert_use { "test.register_use", "INSERT INTO register_use (register, unit_id, state, changed_at) VALUES ($1, $2, 'on', 0)" };
constexpr storage::Query insert_grant { "test.grant_role", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) VALUES ($1, $2, $3, '2000-01-01', '2099-12-31', 0) )sql" };

static void throw_when_refused(Result<std::vector<definition::Published>> const& outcome)
{
    if (outcome)
        return;
    std::string places;
    for (auto const& field : outcome.error().fields)
        places += field.field + " " + field.message_key + " " + field.argument + "\n";
    throw std::runtime_error(outcome.error().message_key + " " + outcome.error().detail + "\n" + places);
}

void publish_registers(storage::Database& database, std::vector<definition::RegisterText> const& texts)
{
    throw_when_refused(definition::publish(database, {}, texts, record::write_permissions));
}

void publish_indicators(storage::Database& database, std::vector<definition::RegisterText> const& texts)
{
    throw_when_refused(definition::publish_indicators(database, {}, texts));
}

void switch_on(storage::Database& database, std::string_view register_id, UnitId unit)
{
    auto done = database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(insert_use, register_id, unit);
        return {};
    });
    if (!done)
        throw std::runtime_error(done.error().detail);
}

void give_role(storage::Database& database, std::string_view role, UnitId unit, PersonId person)
{
    auto done = database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(insert_grant, role, unit, person);
        return {};
    });
    if (!done)
        throw std::runtime_error(done.error().detail);
}

std::string record_of(http::Response const& answer)
{
    auto place = answer.header("Location");
    EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 3000);
    EXPECT_TRUE(place.starts_with("/records/")) << place;
    return place.substr(0, place.find('?'));
}

}
