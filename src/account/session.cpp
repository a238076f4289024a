#include "account/session.hpp"
#include "account/password.hpp"
#include "journal/journal.hpp"

namespace kpuhub::account {

using storage::Query;

constexpr Query session_reader { "account.session_reader", R"sql(
    SELECT a.id, a.language, a.must_change_password, s.csrf_secret, p.id, p.name, u.id, u.code, u.level,
           n.name, n.zone, s.seen_at
      FROM session s JOIN account a ON a.id = s.account_id AND a.state = 'active'
      JOIN person p ON p.id = a.person_id
      JOIN unit u ON u.id = p.unit_id
      JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)
     WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3 )sql" };
// One statement for both: rows of roles ('r') and of posts held ('p').
constexpr Query roles_and_posts { "account.roles_and_posts", R"sql(
    SELECT 'p', o.title, o.unit_id, o.subdivision_id, o.id, a.capacity, o.kind
      FROM appointment a JOIN post o ON o.id = a.post_id
     WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2
    UNION ALL
    SELECT 'r', g.role, g.unit_id, g.area_no, g.post_id, '', ''
      FROM role_grant g
     WHERE g.valid_from <= $2 AND g.valid_to >= $2
       AND (g.person_id = $1 OR g.post_id IN (SELECT b.post_id FROM appointment b
             WHERE b.person_id = $1 AND b.valid_from <= $2 AND b.valid_to >= $2)) )sql" };
constexpr Query insert_session { "account.insert_session", R"sql(
    INSERT INTO session (token_hash, account_id, csrf_secret, device, created_at, seen_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $5, $6) )sql" };
constexpr Query drop_surplus { "account.drop_surplus_sessions", R"sql(
    DELETE FROM session WHERE account_id = $1 AND (expires_at <= $2 OR seen_at <= $3 OR token_hash NOT IN
        (SELECT k.token_hash FROM session k WHERE k.account_id = $1 ORDER BY k.created_at DESC, k.token_hash LIMIT $4)) )sql" };
constexpr Query touch { "account.touch_session", "UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2" };
constexpr Query list_sessions { "account.sessions", R"sql(
    SELECT token_hash, device, created_at, seen_at FROM session
     WHERE account_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC )sql" };
constexpr Query delete_session { "account.end_session", "DELETE FROM session WHERE account_id = $1 AND token_hash = $2" };
constexpr Query delete_others { "account.end_other_sessions", "DELETE FROM session WHERE account_id = $1 AND token_hash <> $2" };

bool Reader::has_role(std::string_view name) const
{
    for (auto const& role : roles)
        if (role.name == name)
            return true;
    return name == "staff" && !posts.empty();
}

std::string Reader::post_title() const
{
    if (posts.empty())
        return {};
    auto const& post = posts.front();
    if (post.capacity == "plt")
        return "Plt. " + post.title;
    if (post.capacity == "plh")
        return "Plh. " + post.title;
    return post.title;
}

static void read_roles_and_posts(storage::Reader& database, Reader& reader)
{
    for (auto const& row : database.query(roles_and_posts, reader.person, reader.today)) {
        if (row.text(0) == "r") {
            reader.roles.push_back({ row.text(1), row.id<UnitTag>(2), row.optional_integer(3), row.id<PostTag>(4) });
            continue;
        }
        Post post { row.id<PostTag>(4), row.id<UnitTag>(2), row.id<SubdivisionTag>(3), row.text(1), row.text(5), row.text(6) };
        // the post that a person really holds stands before those that he looks after
        if (post.capacity == "definitive")
            reader.posts.insert(reader.posts.begin(), std::move(post));
        else
            reader.posts.push_back(std::move(post));
    }
}

Reader reader_of(storage::Reader& database, std::string_view token, time::Instant now, SessionLimits const& limits)
{
    Reader reader;
    if (token.empty())
        return reader;
    auto hash = token_hash(token);
    auto row = database.first(session_reader, hash, now, now.milliseconds - limits.idle_ms);
    if (!row)
        return reader;
    reader.account = row->id<AccountTag>(0);
    reader.language = row->text(1);
    reader.must_change_password = row->yes(2);
    reader.csrf_secret = row->text(3);
    reader.person = row->id<PersonTag>(4);
    reader.name = row->text(5);
    reader.unit = row->id<UnitTag>(6);
    reader.unit_code = row->text(7);
    reader.unit_level = row->text(8);
    reader.unit_name = row->text(9);
    reader.zone = time::zone_named(row->text(10)).value_or(time::Zone::Wib);
    reader.today = time::date_at(now, reader.zone);
    reader.token_hash = hash;
    reader.seen_at = row->instant(11);
    read_roles_and_posts(database, reader);
    return reader;
}

void start_session(storage::Transaction& transaction, AccountId account, NewSession const& session, time::Instant now,
    SessionLimits const& limits)
{
    transaction.execute(insert_session, token_hash(session.token), account, session.csrf_secret, session.device, now,
        now.milliseconds + limits.absolute_ms);
    transaction.execute(drop_surplus, account, now, now.milliseconds - limits.idle_ms, limits.per_account);
}

bool needs_touch(Reader const& reader, time::Instant now)
{
    constexpr std::int64_t once_a_minute = 60'000;
    return reader.signed_in() && reader.seen_at.milliseconds < now.milliseconds - once_a_minute;
}

void touch_session(storage::Transaction& transaction, std::string_view hash, time::Instant now)
{
    transaction.execute(touch, hash, now);
}

std::vector<SessionRow> sessions_of(storage::Reader& reader, AccountId account, time::Instant now)
{
    std::vector<SessionRow> sessions;
    for (auto const& row : reader.query(list_sessions, account, now, now.milliseconds - sign_in_limits().session.idle_ms))
        sessions.push_back({ row.text(0), row.text(1), row.instant(2), row.instant(3) });
    return sessions;
}

void end_session(storage::Transaction& transaction, journal::Act const& act, AccountId account, std::string_view hash)
{
    if (transaction.execute(delete_session, account, hash) > 0)
        journal::write(transaction, act, { "session.ended", {}, {}, {} });
}

void end_other_sessions(storage::Transaction& transaction, AccountId account, std::string_view kept_hash)
{
    transaction.execute(delete_others, account, kept_hash);
}

std::string device_of(std::string_view agent)
{
    auto first_of = [&](std::initializer_list<std::pair<std::string_view, std::string_view>> marks) -> std::string {
        for (auto const& [mark, word] : marks)
            if (agent.find(mark) != std::string_view::npos)
                return std::string { word };
        return {};
    };
    auto browser = first_of({ { "Edg/", "Edge" }, { "OPR/", "Opera" }, { "SamsungBrowser", "Samsung Internet" },
        { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" } });
    auto system = first_of({ { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Windows", "Windows" },
        { "Mac OS", "macOS" }, { "Linux", "Linux" } });
    if (browser.empty())
        browser = "Peramban";
    return system.empty() ? browser : browser + ", " + system;
}

}
