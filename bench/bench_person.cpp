#include "bench_person.hpp"
#include "account/password.hpp"
#include "account/session.hpp"

namespace kpuhub::bench {

using storage::Query;

constexpr Query by_name { "bench.account", "SELECT id, person_id FROM account WHERE user_name = 'bench'" };
constexpr Query root { "bench.root", "SELECT id FROM unit WHERE code = '00'" };
constexpr Query add_person { "bench.person", "INSERT INTO person (unit_id, name, employment) VALUES ($1, 'Bench', 'pns') RETURNING id" };
constexpr Query add_post { "bench.post", "INSERT INTO post (unit_id, title, kind, valid_from) VALUES ($1, 'Analis', 'staff', '2020-01-01') RETURNING id" };
constexpr Query appoint { "bench.appoint", R"sql(
    INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES ($1, $2, 'definitive', '2020-01-01') )sql" };
constexpr Query grant { "bench.grant", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at)
    VALUES ('supervisor', $1, $2, '2020-01-01', '9999-12-31', $3) )sql" };
constexpr Query grant_everywhere { "bench.grant_everywhere", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at)
    SELECT 'rb_secretary', p.unit_id, $1, '2020-01-01', '9999-12-31', $2 FROM plan p WHERE p.year = $3 AND p.plan_kind = 'office' )sql" };
constexpr Query add_account { "bench.insert_account", R"sql(
    INSERT INTO account (person_id, user_name, password_hash, state, created_at) VALUES ($1, 'bench', '', 'active', $2) RETURNING id )sql" };

BenchPerson bench_person(storage::Database& database, time::Instant now)
{
    auto const year = time::date_at(now, time::Zone::Wib).year();
    auto made = database.write([&](storage::Transaction& transaction) -> Result<BenchPerson> {
        if (auto row = transaction.first(by_name))
            return BenchPerson { row->id<AccountTag>(0), row->id<PersonTag>(1) };
        auto unit = transaction.first(root)->id<UnitTag>(0);
        auto who = transaction.insert<PersonTag>(add_person, unit);
        transaction.execute(appoint, who, transaction.insert<PostTag>(add_post, unit));
        transaction.execute(grant, unit, who, now);
        transaction.execute(grant_everywhere, who, now, year);
        return BenchPerson { transaction.insert<AccountTag>(add_account, who, now), who };
    });
    if (!made)
        throw std::runtime_error("bench: " + made.error().detail);
    return *made;
}

std::string bench_session(storage::Database& database, time::Instant now)
{
    account::NewSession session { account::random_token(), account::random_token(), "bench" };
    auto const who = bench_person(database, now);
    auto started = database.write([&](storage::Transaction& transaction) -> Result<void> {
        account::start_session(transaction, who.account, session, now);
        return {};
    });
    if (!started)
        throw std::runtime_error("bench: " + started.error().detail);
    return session.token;
}

}
