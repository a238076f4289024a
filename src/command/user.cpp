#include "account/accounts.hpp"
#include "account/grants.hpp"
#include "account/password.hpp"
#include "command/command.hpp"
#include "command/workplace.hpp"
#include "organization/person.hpp"
#include "organization/unit.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kpuhub::command {

/// What the options of all `user` commands hold.
struct UserOptions {
    std::string user, unit, name, employment = "pns", nip, pppk_number, role, to, format = "table";
    std::int64_t area = 0;
};

using UserStep = std::function<Result<void>(Workplace&, Desk&, UserOptions const&)>;

static void print_link(Workplace& place, Desk const& desk, UserOptions const& options, std::string const& user, std::string const& token)
{
    auto link = desk.settings.url() + "/account/link/" + token;
    if (options.format == "json")
        place.print(nlohmann::json { { "user", user }, { "link", link } }.dump() + "\n");
    else
        place.print(user + "\t" + link + "\n");
}

static Result<void> add(Workplace& place, Desk& desk, UserOptions const& options)
{
    auto token = account::random_token();
    auto user = options.user.empty() ? account::propose_user_name(options.name) : options.user;
    TRY(desk.database.write([&](storage::Transaction& transaction) -> Result<AccountId> {
        auto unit = TRY(organization::unit_by_code(transaction, options.unit, desk.act.today));
        auto person = TRY(organization::add_person(transaction, desk.act, unit.id,
            { options.name, options.employment, options.nip, options.pppk_number, {}, {} }));
        if (!options.role.empty())
            TRY(account::give_role(transaction, desk.act, { options.role, unit.id, person, {}, {}, {}, {} }));
        return account::create_account(transaction, desk.act, person, user, account::token_hash(token));
    }));
    print_link(place, desk, options, user, token);
    return {};
}

static Result<account::AccountLine> named(storage::Reader& reader, std::string const& user)
{
    auto account = account::account_named(reader, user);
    if (!account)
        return invalid_because("command.user.unknown", user);
    return *account;
}

static Result<void> block(Workplace&, Desk& desk, UserOptions const& options)
{
    return desk.database.write([&](storage::Transaction& transaction) -> Result<void> {
        return account::block_account(transaction, desk.act, TRY(named(transaction, options.user)).person);
    });
}

static Result<void> reset(Workplace& place, Desk& desk, UserOptions const& options)
{
    auto token = account::random_token();
    TRY_VOID(desk.database.write([&](storage::Transaction& transaction) -> Result<void> {
        auto person = TRY(named(transaction, options.user)).person;
        TRY_VOID(account::reset_account(transaction, desk.act, person, account::token_hash(token)));
        return {};
    }));
    print_link(place, desk, options, options.user, token);
    return {};
}

static Result<void> grant(Workplace&, Desk& desk, UserOptions const& options)
{
    std::optional<time::Date> to;
    if (!options.to.empty() && !(to = time::Date::from_iso(options.to)))
        return invalid_because("command.user.wrong_day", options.to);
    TRY(desk.database.write([&](storage::Transaction& transaction) -> Result<GrantId> {
        auto account = TRY(named(transaction, options.user));
        auto unit = TRY(organization::person_by_id(transaction, account.person)).unit;
        if (!options.unit.empty())
            unit = TRY(organization::unit_by_code(transaction, options.unit, desk.act.today)).id;
        return account::give_role(transaction, desk.act,
            { options.role, unit, account.person, {}, options.area == 0 ? std::nullopt : std::optional { options.area }, {}, to });
    }));
    return {};
}

static Result<void> list(Workplace& place, Desk& desk, UserOptions const& options)
{
    auto accounts = TRY(desk.database.read([&](storage::Reader& reader) -> Result<std::vector<account::AccountLine>> {
        return account::accounts_in(reader, TRY(organization::unit_by_code(reader, options.unit, desk.act.today)).id);
    }));
    auto lines = nlohmann::json::array();
    for (auto const& account : accounts) {
        auto state = account.waits_for_password ? "waiting" : account.state;
        if (options.format == "json")
            lines.push_back({ { "user", account.user_name }, { "state", state } });
        else
            place.print(fmt::format("{:<40} {}\n", account.user_name, state));
    }
    if (options.format == "json")
        place.print(lines.dump() + "\n");
    return {};
}

static CLI::App* add_step(CLI::App& user, Work& work, std::string const& name, std::string const& help, UserStep step, std::shared_ptr<UserOptions> const& given)
{
    auto* command = user.add_subcommand(name, help);
    auto settings = std::make_shared<SettingsOptions>(*command, true);
    command->add_option("--format", given->format, "table, json")->check(CLI::IsMember({ "table", "json" }));
    command->callback([&work, settings, given, step = std::move(step)] {
        work = [settings, given, step](Workplace& place) {
            auto const held = place.settings(*settings);
            if (!held)
                return place.report(held.error());
            return place.write(*held, [&](Desk& desk) { return step(place, desk, *given); });
        };
    });
    return command;
}

void add_user(CLI::App& application, Work& work)
{
    auto* user = application.add_subcommand("user", "akun dan peran / accounts and roles");
    user->require_subcommand(1);
    auto given = std::make_shared<UserOptions>();
    auto* adding = add_step(*user, work, "add", "orang baru dengan akun; mencetak tautan sekali pakai / a new person with an account; prints a link for one use", add, given);
    adding->add_option("--unit", given->unit, "kode satker / code of the office")->required();
    adding->add_option("--name", given->name, "nama lengkap / full name")->required();
    adding->add_option("--employment", given->employment, "pns, pppk, ppnpn, commissioner");
    adding->add_option("--nip", given->nip, "18 angka / digits");
    adding->add_option("--pppk-number", given->pppk_number, "18 angka / digits");
    adding->add_option("--user", given->user, "nama pengguna / user name");
    adding->add_option("--role", given->role, "peran / role: account_administrator ...");
    add_step(*user, work, "block", "blokir akun / block an account", block, given)->add_option("user", given->user)->required();
    add_step(*user, work, "reset", "tautan kata sandi baru / a link for a new password", reset, given)->add_option("user", given->user)->required();
    auto* granting = add_step(*user, work, "grant", "beri peran / give a role", grant, given);
    granting->add_option("user", given->user)->required();
    granting->add_option("role", given->role)->required();
    granting->add_option("--unit", given->unit, "bawaan: kantornya / default: his office");
    granting->add_option("--area", given->area, "1-8, area_owner");
    granting->add_option("--to", given->to, "2026-12-31");
    add_step(*user, work, "list", "akun sebuah kantor / accounts of an office", list, given)->add_option("--unit", given->unit)->required();
}

}
