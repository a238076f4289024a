#include "account/accounts.hpp"
#include "account/grants.hpp"
#include "account/hashing.hpp"
#include "account/known_device.hpp"
#include "account/password.hpp"
#include "account/sign_in.hpp"
#include "journal/journal.hpp"
#include "organization/person.hpp"
#include <algorithm>
#include <cctype>

namespace kpuhub::account {

using storage::Query;

constexpr Query account_of_person { "account.of_person", R"sql(
    SELECT id, person_id, user_name, state, CASE WHEN password_hash = '' THEN 1 ELSE 0 END FROM account WHERE person_id = $1 ORDER BY id LIMIT 1 )sql" };
constexpr Query account_by_name { "account.named", R"sql(
    SELECT id, person_id, user_name, state, CASE WHEN password_hash = '' THEN 1 ELSE 0 END FROM account WHERE user_name = $1 )sql" };
constexpr Query accounts_of_unit { "account.in_unit", R"sql(
    SELECT a.id, a.person_id, a.user_name, a.state, CASE WHEN a.password_hash = '' THEN 1 ELSE 0 END
      FROM account a JOIN person p ON p.id = a.person_id WHERE p.unit_id = $1 ORDER BY a.user_name )sql" };
constexpr Query lock_person { "account.lock_person", "UPDATE person SET name = name WHERE id = $1" };
constexpr Query name_taken { "account.name_taken", "SELECT 1 FROM account WHERE user_name = $1" };
constexpr Query insert_account { "account.insert", R"sql(
    INSERT INTO account (person_id, user_name, password_hash, state, created_at) VALUES ($1, $2, '', 'active', $3) RETURNING id )sql" };
constexpr Query drop_links { "account.drop_links", "DELETE FROM account_link WHERE account_id = $1 AND used_at IS NULL" };
constexpr Query insert_link { "account.insert_link", R"sql(
    INSERT INTO account_link (token_hash, account_id, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5) )sql" };
constexpr Query take_password { "account.take_password",
    "UPDATE account SET password_hash = '', access_epoch = access_epoch + 1 WHERE id = $1" };
constexpr Query set_state { "account.set_state", "UPDATE account SET state = $2, access_epoch = access_epoch + 1 WHERE id = $1" };
constexpr Query end_all_sessions { "account.end_all_sessions", "DELETE FROM session WHERE account_id = $1" };
constexpr Query holder_of_link { "account.link_holder", R"sql(
    SELECT a.id, p.id, p.name, a.user_name, l.expires_at, p.nip FROM account_link l JOIN account a ON a.id = l.account_id
      JOIN person p ON p.id = a.person_id
     WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND a.state = 'active' )sql" };
constexpr Query use_link { "account.use_link",
    "UPDATE account_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2" };
constexpr Query put_password { "account.put_password", R"sql(
    UPDATE account SET password_hash = $2, must_change_password = 0, access_epoch = access_epoch + 1 WHERE id = $1 )sql" };

bool is_user_name(std::string_view name)
{
    constexpr std::size_t shortest = 3, longest = 40;
    auto letter = [](char sign) { return sign >= 'a' && sign <= 'z'; };
    return name.size() >= shortest && name.size() <= longest && letter(name.front())
        && std::all_of(name.begin(), name.end(), [&](char sign) { return letter(sign) || (sign >= '0' && sign <= '9') || sign == '.' || sign == '-' || sign == '_'; });
}

/// Words that end in a dot ("Dr.", "H.") and what stands after a comma ("S.H., M.Si.") are titles.
std::string propose_user_name(std::string_view person_name)
{
    auto before_comma = person_name.substr(0, person_name.find(','));
    std::string proposed, word;
    int words = 0;
    auto take = [&] {
        if (!word.empty() && word.back() != '.' && words < 2)
            proposed += (words++ > 0 ? "." : "") + word;
        word.clear();
    };
    for (char sign : before_comma) {
        auto lowered = static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
        if (sign == ' ')
            take();
        else if ((lowered >= 'a' && lowered <= 'z') || sign == '.')
            word += lowered;
    }
    take();
    return proposed;
}

static Result<AccountLine> manageable(storage::Transaction& transaction, journal::Act const& act, PersonId person)
{
    transaction.execute(lock_person, person);
    auto found = TRY(organization::person_by_id(transaction, person));
    TRY_VOID(organization::require_people(transaction, act, found.unit, "people.manage"));
    auto account = account_of(transaction, person);
    if (!account)
        return not_found("people.account.none");
    return *account;
}

static void note(storage::Transaction& transaction, journal::Act const& act, char const* kind, PersonId person)
{
    auto found = organization::person_by_id(transaction, person);
    journal::write(transaction, act, { kind, {}, found ? found->unit : UnitId {}, { { "person", std::to_string(person.value) } } });
}

static void open_link(storage::Transaction& transaction, journal::Act const& act, AccountId account, std::string_view link_hash)
{
    transaction.execute(drop_links, account);
    transaction.execute(insert_link, link_hash, account, act.actor, act.at, act.at.milliseconds + link_life_ms);
}

Result<AccountId> create_account(storage::Transaction& transaction, journal::Act const& act, PersonId person, std::string user_name, std::string_view link_hash)
{
    transaction.execute(lock_person, person);
    auto found = TRY(organization::person_by_id(transaction, person));
    TRY_VOID(organization::require_people(transaction, act, found.unit, "people.manage"));
    if (!is_user_name(user_name))
        return invalid("people.wrong", { { "user_name", "people.user_name.wrong" } });
    if (account_of(transaction, person))
        return conflict("people.account.stands");
    if (transaction.first(name_taken, user_name))
        return invalid("people.wrong", { { "user_name", "people.user_name.taken" } });
    auto id = transaction.insert<AccountTag>(insert_account, person, user_name, act.at);
    open_link(transaction, act, id, link_hash);
    note(transaction, act, "account.created", person);
    return id;
}

Result<void> reset_account(storage::Transaction& transaction, journal::Act const& act, PersonId person, std::string_view link_hash)
{
    auto account = TRY(manageable(transaction, act, person));
    if (act.actor == person)
        return forbidden("people.account.self");
    transaction.execute(take_password, account.id);
    transaction.execute(end_all_sessions, account.id);
    forget_devices(transaction, account.id);
    open_link(transaction, act, account.id, link_hash);
    note(transaction, act, "account.reset", person);
    return {};
}

Result<void> block_account(storage::Transaction& transaction, journal::Act const& act, PersonId person)
{
    auto account = TRY(manageable(transaction, act, person));
    if (act.actor == person)
        return forbidden("people.account.self");
    if (last_administrator(transaction, person, act.today))
        return conflict("people.grant.last_administrator");
    transaction.execute(set_state, account.id, "blocked");
    transaction.execute(end_all_sessions, account.id);
    forget_devices(transaction, account.id);
    transaction.execute(drop_links, account.id);
    note(transaction, act, "account.blocked", person);
    return {};
}

Result<void> unblock_account(storage::Transaction& transaction, journal::Act const& act, PersonId person)
{
    auto account = TRY(manageable(transaction, act, person));
    if (act.actor == person)
        return forbidden("people.account.self");
    transaction.execute(set_state, account.id, "active");
    note(transaction, act, "account.unblocked", person);
    return {};
}

Result<void> depart(storage::Transaction& transaction, journal::Act const& act, PersonId person, std::int64_t shown_version, time::Date last_day)
{
    auto account = account_of(transaction, person);
    if (account && last_administrator(transaction, person, act.today))
        return conflict("people.grant.last_administrator");
    TRY_VOID(organization::leave(transaction, act, person, shown_version, last_day));
    if (account && last_day < act.today) {
        transaction.execute(set_state, account->id, "blocked");
        transaction.execute(end_all_sessions, account->id);
    }
    return {};
}

static AccountLine line_of(storage::Row const& row)
{
    return { row.id<AccountTag>(0), row.id<PersonTag>(1), row.text(2), row.text(3), row.yes(4) };
}

std::optional<AccountLine> account_of(storage::Reader& reader, PersonId person)
{
    auto row = reader.first(account_of_person, person);
    return row ? std::optional { line_of(*row) } : std::nullopt;
}

std::optional<AccountLine> account_named(storage::Reader& reader, std::string_view user_name)
{
    auto row = reader.first(account_by_name, user_name);
    return row ? std::optional { line_of(*row) } : std::nullopt;
}

std::vector<AccountLine> accounts_in(storage::Reader& reader, UnitId unit)
{
    std::vector<AccountLine> lines;
    for (auto const& row : reader.query(accounts_of_unit, unit))
        lines.push_back(line_of(row));
    return lines;
}

static LinkHolder holder(storage::Row const& row)
{
    return { row.id<AccountTag>(0), row.id<PersonTag>(1), row.text(2), row.text(3), row.instant(4) };
}

std::optional<LinkHolder> link_holder(storage::Reader& reader, std::string_view link_hash, time::Instant now)
{
    auto row = reader.first(holder_of_link, link_hash, now);
    return row ? std::optional { holder(*row) } : std::nullopt;
}

Result<void> set_password_by_link(storage::Database& database, LinkPassword const& chosen, time::Instant now)
{
    auto hash = token_hash(chosen.token);
    auto row = TRY(database.read([&](storage::Reader& reader) -> Result<storage::Row> {
        auto found = reader.first(holder_of_link, hash, now);
        if (!found)
            return not_found("account.link.gone");
        return *found;
    }));
    if (chosen.new_password != chosen.repeated)
        return invalid("account.password.repeat", { { "repeated", "account.password.repeat" } });
    TRY_VOID(acceptable_password(chosen.new_password, { row.text(2), row.text(3), row.text_or_empty(5) }));
    auto password_hash = TRY(make_hash(chosen.new_password));
    auto of = holder(row);
    auto act = journal::make_act(of.person, now, time::date_at(now, time::Zone::Wib));
    return database.write([&](storage::Transaction& transaction) -> Result<void> {
        if (transaction.execute(use_link, hash, now) == 0)
            return not_found("account.link.gone");
        transaction.execute(put_password, of.account, password_hash);
        transaction.execute(end_all_sessions, of.account);
        forget_failures(transaction, of.user_name);
        note(transaction, act, "account.password_set", of.person);
        return {};
    });
}

}
