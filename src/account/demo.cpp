#include "account/demo.hpp"
#include "account/grants.hpp"
#include "account/password.hpp"
#include "core/embedded.hpp"
#include "journal/journal.hpp"
#include "organization/appointment.hpp"
#include "organization/person.hpp"
#include "organization/post.hpp"
#include "organization/unit.hpp"
#include <map>

namespace kpuhub::account {

using definition::DemoFile;
using definition::DemoOffice;
using definition::SubdivisionEntry;
using storage::Query;
using storage::Transaction;

constexpr Query is_demo { "account.ever_demo", "SELECT value FROM setting WHERE name = 'demo'" };
constexpr Query mark_demo { "account.mark_demo", "INSERT INTO setting (name, value) VALUES ('demo', '1') ON CONFLICT (name) DO UPDATE SET value = '1'" };
constexpr Query insert_demo_account { "account.insert_demo", R"sql(
    INSERT INTO account (person_id, user_name, password_hash, state, demo, created_at) VALUES ($1, $2, $3, 'active', 1, $4) )sql" };

static constexpr auto demo_path = "definitions/samples/demo_office.yaml";
static constexpr auto subdivisions_path = "definitions/plan_shapes/subdivisions.yaml";

Result<DemoFile> demo_file() { return definition::load_demo(demo_path, embedded_file(demo_path)); }

bool ever_demo(storage::Reader& reader)
{
    auto row = reader.first(is_demo);
    return row && row->text(0) == "1";
}

/// One office being loaded: what each key of the file became.
struct OfficeLoad {
    Transaction& transaction;
    DemoFile const& file;
    DemoOffice const& office;
    UnitId unit;
    std::string const& password_hash;
    std::map<std::string, SubdivisionId> subdivisions {};
    std::map<std::string, PostId> posts {};
};

using SubdivisionSets = std::map<std::string, std::vector<SubdivisionEntry>>;

static Result<void> load_posts(OfficeLoad& load, journal::Act const& act, SubdivisionSets const& sets)
{
    for (auto const& entry : sets.at(load.office.subdivisions))
        load.subdivisions[entry.key] = TRY(organization::add_subdivision(load.transaction, act, load.unit,
            { entry.key, entry.name, entry.short_name }, load.file.posts_from));
    for (auto const& post : load.office.posts)
        load.posts[post.key] = TRY(organization::add_post(load.transaction, act, load.unit,
            { post.title, post.kind, load.subdivisions[post.subdivision], load.posts[post.superior] }, load.file.posts_from));
    for (auto const& held : load.office.post_roles) {
        auto areas = held.areas;
        for (std::size_t i = 0; i < std::max<std::size_t>(1, areas.size()); ++i)
            TRY(give_role(load.transaction, act, { held.role, load.unit, {}, load.posts[held.post],
                areas.empty() ? std::nullopt : std::optional { areas[i] }, load.file.roles_from, load.file.roles_to }));
    }
    return {};
}

/// Each person's events get salts of their own.
static journal::Act varied(journal::Act act, std::int64_t number)
{
    for (std::size_t i = 0; i < sizeof number; ++i)
        act.seed[i] ^= static_cast<std::uint8_t>(number >> (8 * i));
    return act;
}

static Result<void> load_people(OfficeLoad& load, journal::Act const& plain_act)
{
    std::int64_t number = load.unit.value * 1000;
    for (auto const& each : load.office.people) {
        auto act = varied(plain_act, ++number);
        auto person = TRY(organization::add_person(load.transaction, act, load.unit, { each.name, each.employment, each.nip, each.pppk_number, {}, {} }));
        for (auto const& held : each.posts)
            TRY_VOID(organization::appoint(load.transaction, act, { person, load.posts[held.post], held.capacity, held.from, held.to }));
        for (auto const& role : each.roles)
            TRY(give_role(load.transaction, act, { role, load.unit, person, {}, {}, load.file.roles_from, load.file.roles_to }));
        load.transaction.execute(insert_demo_account, person, each.user, load.password_hash, act.at);
    }
    return {};
}

static Result<SubdivisionSets> subdivision_sets(DemoFile const& file)
{
    SubdivisionSets sets;
    for (auto const& office : file.offices)
        sets[office.subdivisions] = TRY(definition::load_subdivision_set(subdivisions_path, embedded_file(subdivisions_path), office.subdivisions, file.posts_from));
    return sets;
}

Result<bool> load_demo_offices(storage::Database& database, std::string_view password, time::Instant now)
{
    auto loaded = TRY(database.read([](storage::Reader& reader) -> Result<bool> { return ever_demo(reader); }));
    if (loaded)
        return false;
    auto file = TRY(demo_file());
    auto sets = TRY(subdivision_sets(file));
    auto hash = hash_password(password);
    auto act = journal::make_act({}, now, time::date_at(now, time::Zone::Wib));
    return database.write([&](Transaction& transaction) -> Result<bool> {
        if (ever_demo(transaction))
            return false;
        transaction.execute(mark_demo);
        for (auto const& office : file.offices) {
            auto unit = TRY(organization::unit_by_code(transaction, office.unit, act.today));
            OfficeLoad load { transaction, file, office, unit.id, hash };
            TRY_VOID(load_posts(load, act, sets));
            TRY_VOID(load_people(load, act));
        }
        journal::write(transaction, act, { "demo.loaded", {}, {}, {} });
        return true;
    });
}

std::vector<DemoSignIn> demo_sign_ins()
{
    std::vector<DemoSignIn> people;
    if (auto file = demo_file())
        for (auto const& office : file->offices)
            for (auto const& person : office.people)
                people.push_back({ person.user, person.name, person.holds });
    return people;
}

}
