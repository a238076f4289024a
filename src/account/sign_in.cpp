#include "account/sign_in.hpp"
#include "account/password.hpp"
#include "journal/journal.hpp"
#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace kpuhub::account {

using storage::Query;

constexpr Query account_by_name { "account.by_name", R"sql(
    SELECT id, person_id, password_hash, state FROM account WHERE user_name = $1 )sql" };
constexpr Query account_words { "account.own_words", R"sql(
    SELECT a.password_hash, a.user_name, p.name, p.nip FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1 )sql" };
constexpr Query set_password { "account.set_password", R"sql(
    UPDATE account SET password_hash = $2, must_change_password = 0, access_epoch = access_epoch + 1 WHERE id = $1 )sql" };
constexpr Query count_hit { "account.count_rate", R"sql(
    INSERT INTO rate (name, window_at, hits) VALUES ($1, $2, 1)
    ON CONFLICT (name, window_at) DO UPDATE SET hits = rate.hits + 1 )sql" };
constexpr Query hits_of { "account.rate", "SELECT hits FROM rate WHERE name = $1 AND window_at = $2" };
constexpr Query note_failure { "account.note_failure", R"sql(
    INSERT INTO rate (name, window_at, hits) VALUES ($1, $2, 1)
    ON CONFLICT (name, window_at) DO UPDATE SET hits = rate.hits + 1 )sql" };
constexpr Query failures_since { "account.failures_since", R"sql(
    SELECT COALESCE(sum(hits), 0), COALESCE(max(window_at), 0) FROM rate WHERE name = $1 AND window_at >= $2 )sql" };
constexpr Query forget_failures { "account.forget_failures", "DELETE FROM rate WHERE name = $1" };

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t failures_per_network_and_hour = 100;   // offices stand behind one address (security: sign-in)
constexpr std::int64_t failures_before_delay = 5;
constexpr std::int64_t longest_delay_s = 60;

std::int64_t delay_after(std::int64_t failures)
{
    if (failures < failures_before_delay)
        return 0;
    return std::min<std::int64_t>(longest_delay_s, std::int64_t { 1 } << std::min<std::int64_t>(6, failures - failures_before_delay));
}

/// Two hashes at a time: each takes 64 MiB.
class HashingSeat {
public:
    HashingSeat()
    {
        std::unique_lock lock(s_mutex);
        s_free_again.wait(lock, [] { return s_taken < seats; });
        ++s_taken;
    }
    ~HashingSeat()
    {
        std::lock_guard lock(s_mutex);
        --s_taken;
        s_free_again.notify_one();
    }
    HashingSeat(HashingSeat const&) = delete;
    HashingSeat& operator=(HashingSeat const&) = delete;

private:
    static constexpr int seats = 2;
    static inline std::mutex s_mutex;
    static inline std::condition_variable s_free_again;
    static inline int s_taken = 0;
};

static bool check_password(std::string_view hash, std::string_view password)
{
    HashingSeat seat;
    return verify_password(hash.empty() ? nobody_hash() : hash, password) && !hash.empty();
}

static std::string failure_name(std::string const& user_name) { return "sign_in.account:" + user_name; }

static Result<void> check_limits(storage::Reader& reader, SignIn const& attempt, time::Instant now)
{
    auto window = now.milliseconds / hour_ms * hour_ms;
    auto network = reader.first(hits_of, "sign_in.network:" + attempt.network, window);
    if (network && network->integer(0) >= failures_per_network_and_hour)
        return fail({ FaultKind::Unavailable, "account.sign_in.wait", "network limit", {}, std::to_string((window + hour_ms - now.milliseconds) / 1000 + 1) });
    auto failures = reader.first(failures_since, failure_name(attempt.user_name), now.milliseconds - hour_ms);
    auto wait = delay_after(failures->integer(0)) * 1000 - (now.milliseconds - failures->integer(1));
    if (wait > 0)
        return fail({ FaultKind::Unavailable, "account.sign_in.wait", "account delay", {}, std::to_string(wait / 1000 + 1) });
    return {};
}

Result<std::string> sign_in(storage::Database& database, SignIn const& attempt, time::Instant now)
{
    struct Found {
        AccountId id;
        PersonId person;
        std::string hash;
    };
    auto found = TRY(database.read([&](storage::Reader& reader) -> Result<Found> {
        TRY_VOID(check_limits(reader, attempt, now));
        auto row = reader.first(account_by_name, attempt.user_name);
        if (!row || row->text(3) != "active")
            return Found {};
        return Found { row->id<AccountTag>(0), row->id<PersonTag>(1), row->text(2) };
    }));
    bool right = check_password(found.hash, attempt.password);
    NewSession session { random_token(), random_token(), attempt.device };
    auto act = journal::make_act(found.person, now, time::date_at(now, time::Zone::Wib));
    TRY_VOID(database.write([&](storage::Transaction& transaction) -> Result<void> {
        if (!right) {
            transaction.execute(note_failure, failure_name(attempt.user_name), now);
            transaction.execute(count_hit, "sign_in.network:" + attempt.network, now.milliseconds / hour_ms * hour_ms);
            return {};
        }
        transaction.execute(forget_failures, failure_name(attempt.user_name));
        start_session(transaction, found.id, session, now);
        journal::write(transaction, act, { "session.started", {}, {}, { { "device", session.device, true } } });
        return {};
    }));
    if (!right)
        return invalid("account.sign_in.wrong", { { "user_name", "account.sign_in.wrong" } });
    return session.token;
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
    if (!check_password(row.text(0), change.old_password))
        return invalid("account.password.old_wrong", { { "old_password", "account.password.old_wrong" } });
    std::string hash;
    {
        HashingSeat seat;
        hash = hash_password(change.new_password);
    }
    return database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(set_password, reader.account, hash);
        end_other_sessions(transaction, reader.account, reader.token_hash);
        journal::write(transaction, act, { "account.password_changed", {}, reader.unit, {} });
        return {};
    });
}

}
