#include "account/session.hpp"
#include "account/password.hpp"
#include "journal/journal.hpp"

namespace kpuhub::account {

using storage::Query;

// One statement for all that a request has to know of its reader: himself ('s'), the posts he holds ('p') and his roles ('r').
// Today is that of his office: $4 in WIB, $5 in WITA, $6 in WIT.
constexpr Query session_reader { "account.session_reader", R"sql(
    WITH me AS (
        SELECT a.id AS account_id, a.language, a.must_change_password, s.csrf_secret, p.id AS person_id, p.name AS person_name,
               u.id AS unit_id, u.code, u.level, n.name AS unit_name, n.zone, s.seen_at,
               CASE n.zone WHEN 'WITA' THEN $5 WHEN 'WIT' THEN $6 ELSE $4 END AS today
          FROM session s JOIN account a ON a.id = s.account_id AND a.state = 'active'
          JOIN person p ON p.id = a.person_id
          JOIN unit u ON u.id = p.unit_id
          JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3)
    SELECT 's', me.person_name, me.unit_id, me.account_id, me.person_id, me.code, me.level, me.unit_name, me.zone, me.language,
           me.csrf_secret, me.must_change_password, me.seen_at
      FROM me
    UNION ALL
    SELECT 'p', o.title, o.unit_id, o.subdivision_id, o.id, a.capacity, o.kind, '', '', '', '', 0, 0
      FROM me JOIN appointment a ON a.person_id = me.person_id AND a.valid_from <= me.today AND a.valid_to >= me.today
      JOIN post o ON o.id = a.post_id
    UNION ALL
    SELECT 'r', g.role, g.unit_id, g.area_no, g.post_id, '', '', '', '', '', '', 0, 0
      FROM me JOIN role_grant g ON g.valid_from <= me.today AND g.valid_to >= me.today
       AND (g.person_id = me.person_id OR g.post_id IN (SELECT b.post_id FROM appointment b
             WHERE b.person_id = me.person_id AND b.valid_from <= me.today AND b.valid_to >= me.today)) )sql" };
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

static void read_person(storage::Row const& row, Reader& reader)
{
    reader.name = row.text(1);
    reader.unit = row.id<UnitTag>(2);
    reader.account = row.id<AccountTag>(3);
    reader.person = row.id<PersonTag>(4);
    reader.unit_code = row.text(5);
    reader.unit_level = row.text(6);
    reader.unit_name = row.text(7);
    reader.zone = time::zone_named(row.text(8)).value_or(time::Zone::Wib);
    reader.language = row.text(9);
    reader.csrf_secret = row.text(10);
    reader.must_change_password = row.yes(11);
    reader.seen_at = row.instant(12);
}

static void read_post(storage::Row const& row, Reader& reader)
{
    Post post { row.id<PostTag>(4), row.id<UnitTag>(2), row.id<SubdivisionTag>(3), row.text(1), row.text(5), row.text(6) };
    // the post that a person really holds stands before those that he looks after
    if (post.capacity == "definitive")
        reader.posts.insert(reader.posts.begin(), std::move(post));
    else
        reader.posts.push_back(std::move(post));
}

Reader reader_of(storage::Reader& database, std::string_view token, time::Instant now, SessionLimits const& limits)
{
    Reader reader;
    if (token.empty())
        return reader;
    auto hash = token_hash(token);
    auto today = [&](time::Zone zone) { return time::date_at(now, zone); };
    for (auto const& row : database.query(session_reader, hash, now, now.milliseconds - limits.idle_ms, today(time::Zone::Wib),
             today(time::Zone::Wita), today(time::Zone::Wit))) {
        if (row.text(0) == "s")
            read_person(row, reader);
        else if (row.text(0) == "p")
            read_post(row, reader);
        else
            reader.roles.push_back({ row.text(1), row.id<UnitTag>(2), row.optional_integer(3), row.id<PostTag>(4) });
    }
    if (!reader.person)
        return reader;
    reader.today = today(reader.zone);
    reader.token_hash = hash;
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
