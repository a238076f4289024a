#include "account/sign_in.hpp"
#include "account/hashing.hpp"
#include "account/known_device.hpp"
#include "account/password.hpp"
#include "account/rate.hpp"
#include "journal/journal.hpp"
#include <algorithm>

namespace kpuhub::account {

using storage::Query;

constexpr Query account_by_name { "account.by_name", R"sql(
    SELECT id, person_id, password_hash, state FROM account WHERE user_name = $1 )sql" };
constexpr Query account_words { "account.own_words", R"sql(
    SELECT a.password_hash, a.user_name, p.name, p.nip FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1 )sql" };
constexpr Query set_password { "account.set_password", R"sql(
    UPDATE account SET password_hash = $2, must_change_password = 0, access_epoch = access_epoch + 1 WHERE id = $1 )sql" };
constexpr Query failures_since { "account.failures_since", R"sql(
    SELECT COALESCE(sum(hits), 0), COALESCE(max(window_at), 0) FROM rate WHERE name = $1 AND window_at >= $2 )sql" };
constexpr Query drop_failures { "account.drop_failures", "DELETE FROM rate WHERE name = $1" };

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

std::int64_t delay_after(std::int64_t failures)
{
    auto const& limits = sign_in_limits();
    auto beyond = failures - limits.failures_before_delay;
    constexpr std::int64_t longest_shift = 20;
    return beyond < 0 ? 0 : std::min(limits.longest_delay_s, std::int64_t { 1 } << std::min(longest_shift, beyond));
}

/// The names under which the failures of one guesser are counted: those in a row, and those of the day.
struct Counters {
    std::string in_a_row;
    std::string of_day;
};

static Counters counters_of(std::string const& user_name) { return { "sign_in.account:" + user_name, "sign_in.day:" + user_name }; }

static Counters counters_of_device(AccountId account, std::string_view token)
{
    auto device = token_hash(token).substr(0, 32) + ":" + std::to_string(account.value);
    return { "sign_in.device:" + device, "sign_in.device_day:" + device };
}

static Failure wait_for(char const* message_key, std::int64_t milliseconds)
{
    return fail({ FaultKind::Unavailable, message_key, {}, {}, std::to_string(milliseconds / 1000 + 1) });
}

static Result<void> check_limits(storage::Reader& reader, SignIn const& attempt, Counters const& counters, time::Instant now)
{
    auto const& limits = sign_in_limits();
    auto const hour = now.milliseconds / hour_ms * hour_ms;
    if (hits(reader, "sign_in.network:" + attempt.network, hour) >= limits.failures_per_network_and_hour)
        return wait_for("account.sign_in.wait", hour + hour_ms - now.milliseconds);
    auto const day = now.milliseconds / day_ms * day_ms;
    if (hits(reader, counters.of_day, day) >= limits.failures_per_day)
        return wait_for("account.sign_in.day", day + day_ms - now.milliseconds);
    auto failures = reader.first(failures_since, counters.in_a_row, now.milliseconds - hour_ms);
    auto wait = delay_after(failures->integer(0)) * 1000 - (now.milliseconds - failures->integer(1));
    if (wait > 0)
        return wait_for("account.sign_in.wait", wait);
    return {};
}

static void count_failure(storage::Transaction& transaction, SignIn const& attempt, Counters const& counters, time::Instant now)
{
    count_hit(transaction, counters.in_a_row, now.milliseconds);
    count_hit(transaction, counters.of_day, now.milliseconds / day_ms * day_ms);
    count_hit(transaction, "sign_in.network:" + attempt.network, now.milliseconds / hour_ms * hour_ms);
}

void forget_failures(storage::Transaction& transaction, std::string const& user_name)
{
    auto counters = counters_of(user_name);
    transaction.execute(drop_failures, counters.in_a_row);
    transaction.execute(drop_failures, counters.of_day);
}

/// What stands behind the name that was typed; nothing of it for an unknown or blocked account.
struct Found {
    AccountId id {};
    PersonId person {};
    std::string hash {};
    DeviceFound device {};
    Counters counters {};
};

static Found look_up(storage::Reader& reader, SignIn const& attempt, time::Instant now)
{
    Found found { .counters = counters_of(attempt.user_name) };
    auto row = reader.first(account_by_name, attempt.user_name);
    if (row && row->text(3) == "active") {
        found.id = row->id<AccountTag>(0);
        found.person = row->id<PersonTag>(1);
        found.hash = row->text(2);
    }
    found.device = find_known_device(reader, found.id, attempt.device_token, now);
    if (found.device.of_account)
        found.counters = counters_of_device(found.id, attempt.device_token);
    return found;
}

Result<SignedIn> sign_in(storage::Database& database, SignIn const& attempt, time::Instant now)
{
    auto found = TRY(database.read([&](storage::Reader& reader) -> Result<Found> {
        auto account = look_up(reader, attempt, now);
        TRY_VOID(check_limits(reader, attempt, account.counters, now));
        return account;
    }));
    bool right = TRY(check_password(found.hash, attempt.password));
    NewSession session { random_token(), random_token(), attempt.device };
    auto device_token = found.device.of_anybody ? attempt.device_token : random_token();
    auto act = journal::make_act(found.person, now, time::date_at(now, time::Zone::Wib));
    TRY_VOID(database.write([&](storage::Transaction& transaction) -> Result<void> {
        if (!right) {
            count_failure(transaction, attempt, found.counters, now);
            return {};
        }
        transaction.execute(drop_failures, found.counters.in_a_row);
        start_session(transaction, found.id, session, now);
        remember_device(transaction, found.id, device_token, now);
        journal::write(transaction, act, { "session.started", {}, {}, { { "device", session.device, true } } });
        return {};
    }));
    if (!right)
        return invalid("account.sign_in.wrong", { { "user_name", "account.sign_in.wrong" } });
    return SignedIn { session.token, device_token };
}

Result<void> change_password(storage::Database& database, journal::Act const& act, Reader const& reader, PasswordChange const& change)
{
    auto row = TRY(database.read([&](storage::Reader& statements) -> Result<storage::Row> {
        auto found = statements.first(account_words, reader.account);
        if (!found)
            return not_found();
        return *found;
    }));
    if (change.new_password != change.repeated)
        return invalid("account.password.repeat", { { "repeated", "account.password.repeat" } });
    TRY_VOID(acceptable_password(change.new_password, { row.text(1), row.text(2), row.text_or_empty(3) }));
    if (!TRY(check_password(row.text(0), change.old_password)))
        return invalid("account.password.old_wrong", { { "old_password", "account.password.old_wrong" } });
    auto hash = TRY(make_hash(change.new_password));
    return database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(set_password, reader.account, hash);
        end_other_sessions(transaction, reader.account, reader.token_hash);
        journal::write(transaction, act, { "account.password_changed", {}, reader.unit, {} });
        return {};
    });
}

}
