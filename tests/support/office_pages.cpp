#include "support/office_pages.hpp"
#include "account/session.hpp"
#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_verify.hpp"
#include <stdexcept>

namespace kpuhub::testing {

void OfficePages::open(std::optional<time::Date> decided_on)
{
    office = make_office(*database);
    if (decided_on)
        plan = make_plan(*database, office, 2026, decided_on);
    open_again();
}

void OfficePages::open_again()
{
    application = std::make_unique<command::Application>(*database, clock, folder.path().string(), account::DoorSettings { "http://127.0.0.1:8080", false, "" });
}

CookieJar OfficePages::signed_in(PersonId person)
{
    auto token = "token of " + std::to_string(person.value);
    auto written = database->write([&](storage::Transaction& transaction) -> Result<void> {
        auto account = transaction.insert<AccountTag>({ "test.account",
            "INSERT INTO account (person_id, user_name, password_hash, state, created_at) VALUES ($1, $2, '', 'active', 0) RETURNING id" },
            person, token);
        account::start_session(transaction, account, { token, "secret", "Firefox, Linux" }, clock.now());
        return {};
    });
    EXPECT_TRUE(written);
    return { { std::string { http::session_cookie_name(false) }, token } };
}

Site OfficePages::site()
{
    return { application->router(), application->faults(), [](Scenario const& scenario, http::Request& request) {
                if (scenario.method == http::Method::Post && scenario.as != nullptr)
                    request.form.add("csrf", http::csrf_token("secret"));
            } };
}

http::Response OfficePages::get(CookieJar* who, std::string const& path) { return run(site(), { .name = path, .path = path, .as = who }); }

http::Response OfficePages::send_form(CookieJar& who, std::string const& path, std::vector<std::pair<std::string, std::string>> form)
{
    return run(site(), { .name = path, .method = http::Method::Post, .path = path, .form = std::move(form), .as = &who });
}

std::int64_t OfficePages::statements(CookieJar* who, std::string const& path)
{
    body(who, path);
    auto before = database->counters().statements;
    body(who, path);
    return database->counters().statements - before;
}

void OfficePages::grant(PersonId person, std::string_view role, UnitId unit, std::optional<std::int64_t> area_no)
{
    auto written = database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.grant", R"sql(
            INSERT INTO role_grant (role, unit_id, person_id, area_no, valid_from, valid_to, written_at)
            VALUES ($1, $2, $3, $4, '2000-01-01', '2099-12-31', 0) )sql" }, role, unit, person, area_no);
        return {};
    });
    EXPECT_TRUE(written);
}

void OfficePages::submit(PersonId by, FoundDeliverable const& found)
{
    auto sent = database->write([&](storage::Transaction& transaction) {
        return plan::submit(transaction, act_of(by, clock.today()), { found.id, found.version }, "Selesai.");
    });
    ASSERT_TRUE(sent) << sent.error().message_key;
}

void OfficePages::verify(PersonId by, FoundDeliverable const& found)
{
    auto done = database->write([&](storage::Transaction& transaction) {
        return plan::verify(transaction, act_of(by, clock.today()), { { { found.id, found.version }, {} } });
    });
    ASSERT_TRUE(done) << done.error().message_key;
}

PlanNodeId OfficePages::row(std::string_view text, PlanId of)
{
    auto found = database->read([&](storage::Reader& reader) -> Result<PlanNodeId> {
        auto row = reader.first({ "test.row", "SELECT subject_id FROM plan_node WHERE body = $1 AND plan_id = $2 AND removed_at IS NULL" }, text, of ? of : plan);
        return row ? Result<PlanNodeId> { row->id<PlanNodeTag>(0) } : not_found();
    });
    if (!found)
        throw std::runtime_error("no such row: " + std::string(text));
    return *found;
}

std::int64_t OfficePages::count(std::string const& sql)
{
    return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.count", sql.c_str() })->integer(0); });
}

}
