#include "definition/register_use.hpp"
#include "journal/journal.hpp"

namespace kpuhub::definition {

using storage::Query;

constexpr Query write_use { "definition.write_use", R"sql(
    INSERT INTO register_use (register, unit_id, state, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (unit_id, register) DO UPDATE SET state = excluded.state, changed_by = excluded.changed_by, changed_at = excluded.changed_at )sql" };
constexpr Query write_new_use { "definition.write_new_use", R"sql(
    INSERT INTO register_use (register, unit_id, state, changed_by, changed_at) VALUES ($1, $2, 'on', $3, $4)
    ON CONFLICT (unit_id, register) DO NOTHING RETURNING register )sql" };

void set_use(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string const& register_id, Use use)
{
    bool const on = use == Use::On;
    transaction.execute(write_use, register_id, unit, on ? "on" : "off", act.actor, act.at);
    journal::write(transaction, act, { on ? "register.switched_on" : "register.switched_off", {}, unit, { { "register", register_id } } });
}

int switch_on(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::vector<std::string> const& registers, std::string const& because)
{
    int switched = 0;
    for (auto const& each : registers) {
        if (transaction.query(write_new_use, each, unit, act.actor, act.at).empty())
            continue;
        journal::write(transaction, act, { "register.switched_on", {}, unit, { { "register", each }, { "because", because } } });
        ++switched;
    }
    return switched;
}

}
