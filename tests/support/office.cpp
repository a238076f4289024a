#include "support/office.hpp"
#include "account/access.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include <stdexcept>

namespace kpuhub::testing {

using storage::Query;
using storage::Transaction;

namespace {

constexpr Query insert_unit { "test.unit", "INSERT INTO unit (code, level, opened_on) VALUES ($1, $2, '2000-01-01') RETURNING id" };
constexpr Query insert_name { "test.unit_name", "INSERT INTO unit_name (unit_id, valid_from, name, zone) VALUES ($1, '2000-01-01', $2, $3)" };
constexpr Query insert_edge { "test.unit_edge", "INSERT INTO unit_edge (unit_id, parent_id, valid_from) VALUES ($1, $2, '2000-01-01')" };
constexpr Query insert_tree { "test.unit_tree", "INSERT INTO unit_tree (version, valid_from, reason, written_at) VALUES (1, '2000-01-01', '', 0)" };
constexpr Query insert_scope { "test.unit_scope", "INSERT INTO unit_scope (tree_version, ancestor_id, unit_id, depth) VALUES (1, $1, $2, $3)" };
constexpr Query insert_subdivision { "test.subdivision", R"sql(
    INSERT INTO subdivision (unit_id, code, name, short_name, valid_from) VALUES ($1, $2, $3, $4, '2000-01-01') RETURNING id )sql" };
constexpr Query insert_post { "test.post", R"sql(
    INSERT INTO post (unit_id, subdivision_id, title, kind, superior_id, valid_from) VALUES ($1, $2, $3, $4, $5, '2000-01-01')
    RETURNING id )sql" };
constexpr Query insert_person { "test.person", "INSERT INTO person (unit_id, name, employment) VALUES ($1, $2, 'pns') RETURNING id" };
constexpr Query insert_appointment { "test.appointment", R"sql(
    INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES ($1, $2, $3, '2000-01-01') )sql" };
constexpr Query insert_grant { "test.grant", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, post_id, area_no, valid_from, valid_to, written_at)
    VALUES ($1, $2, $3, $4, $5, '2000-01-01', '2099-12-31', 0) )sql" };
constexpr Query find_deliverable { "test.deliverable", R"sql(
    SELECT d.subject_id, s.version, s.state FROM deliverable d JOIN subject s ON s.id = d.subject_id
      JOIN plan_node n ON n.subject_id = d.node_id
     WHERE d.plan_id = $1 AND n.body = $2 AND substr(d.ends_on, 6, 2) = $3 )sql" };
constexpr Query find_version { "test.version", "SELECT version FROM subject WHERE id = $1" };
constexpr Query find_tally { "test.tally", R"sql(
    SELECT amount FROM tally WHERE unit_id = $1 AND period = $2 AND part = $3 AND indicator = 'plan_progress' )sql" };

template<typename T>
T sure(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message_key + " " + result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

UnitId add_unit(Transaction& transaction, std::string_view code, std::string_view level, std::string_view name)
{
    auto id = transaction.insert<UnitTag>(insert_unit, code, level);
    transaction.execute(insert_name, id, name, "WIB");
    return id;
}

PersonId add_person(Transaction& transaction, UnitId unit, std::string_view name, PostId post, std::string_view capacity = "definitive")
{
    auto id = transaction.insert<PersonTag>(insert_person, unit, name);
    transaction.execute(insert_appointment, id, post, capacity);
    return id;
}

PostId add_post(Transaction& transaction, UnitId unit, SubdivisionId subdivision, std::string_view title, std::string_view kind,
    PostId superior = {})
{
    return transaction.insert<PostTag>(insert_post, unit, subdivision, title, kind, superior);
}

void add_units(Transaction& transaction, Office& office)
{
    office.national = add_unit(transaction, "00", "national", "KPU RI");
    office.province = add_unit(transaction, "15", "province", "KPU Provinsi Jambi");
    office.kota_jambi = add_unit(transaction, "1571", "regency", "KPU Kota Jambi");
    office.kerinci = add_unit(transaction, "1501", "regency", "KPU Kabupaten Kerinci");
    transaction.execute(insert_tree);
    for (auto unit : { office.national, office.province, office.kota_jambi, office.kerinci })
        transaction.execute(insert_scope, unit, unit, 0);
    transaction.execute(insert_scope, office.national, office.province, 1);
    transaction.execute(insert_edge, office.province, office.national);
    for (auto unit : { office.kota_jambi, office.kerinci }) {
        transaction.execute(insert_scope, office.province, unit, 1);
        transaction.execute(insert_scope, office.national, unit, 2);
        transaction.execute(insert_edge, unit, office.province);
    }
}

void add_people(Transaction& transaction, Office& office)
{
    auto unit = office.kota_jambi;
    office.rendatin = transaction.insert<SubdivisionTag>(insert_subdivision, unit, "rendatin", "Subbagian Rendatin", "Rendatin");
    office.hukum = transaction.insert<SubdivisionTag>(insert_subdivision, unit, "hukum_sdm", "Subbagian Hukum dan SDM", "Hukum dan SDM");
    auto secretary = add_post(transaction, unit, {}, "Sekretaris", "secretary");
    office.head_of_rendatin = add_post(transaction, unit, office.rendatin, "Kasubbag Rendatin", "head", secretary);
    office.head_of_hukum = add_post(transaction, unit, office.hukum, "Kasubbag Hukum dan SDM", "head", secretary);
    auto staff_of_rendatin = add_post(transaction, unit, office.rendatin, "Staf Rendatin", "staff", office.head_of_rendatin);
    auto staff_of_hukum = add_post(transaction, unit, office.hukum, "Staf Hukum dan SDM", "staff", office.head_of_hukum);
    office.sekretaris = add_person(transaction, unit, "Sekretaris Hasan", secretary);
    office.maria = add_person(transaction, unit, "Maria Goreti", office.head_of_rendatin);
    office.andreas = add_person(transaction, unit, "Andreas Bujang", staff_of_hukum);
    office.siti = add_person(transaction, unit, "Siti Aminah", staff_of_rendatin);
    office.yuli = add_person(transaction, unit, "Yuliana Sari", staff_of_rendatin);
    transaction.execute(insert_appointment, office.yuli, office.head_of_hukum, "plt");
    office.dewi = add_person(transaction, unit, "Dewi Lestari", staff_of_hukum);
    auto at_province = add_post(transaction, office.province, {}, "Kasubbag Hukum dan SDM", "head");
    office.ratna = add_person(transaction, office.province, "Ratna Dewi", at_province);
    auto at_kerinci = add_post(transaction, office.kerinci, {}, "Staf", "staff");
    office.budi = add_person(transaction, office.kerinci, "Budi Santoso", at_kerinci);
    transaction.execute(insert_grant, "area_owner", unit, PersonId {}, office.head_of_rendatin, 1);
    transaction.execute(insert_grant, "rb_secretary", unit, office.andreas, PostId {}, std::nullopt);
    transaction.execute(insert_grant, "leader", unit, PersonId {}, secretary, std::nullopt);
    transaction.execute(insert_grant, "supervisor", office.province, office.ratna, PostId {}, std::nullopt);
}

plan::TreeNode node(plan::Level level, std::string number, std::string body, std::vector<int> const& months = {})
{
    plan::TreeNode made;
    made.row.level = level;
    made.row.number = std::move(number);
    made.row.body = std::move(body);
    made.row.printed = plan::Months::of(months);
    return made;
}

void give_to(plan::TreeNode& row, SubdivisionId owner)
{
    row.row.owner_subdivision = owner;
    for (auto& child : row.children)
        give_to(child, owner);
}

}

Office make_office(storage::Database& database)
{
    sure(account::load_roles(database));
    return sure(database.write([](Transaction& transaction) -> Result<Office> {
        Office office;
        add_units(transaction, office);
        add_people(transaction, office);
        return office;
    }));
}

journal::Act act_of(PersonId person, time::Date today)
{
    return journal::make_act(person, time::start_of_day(today, time::Zone::Wib).plus(std::chrono::hours { 12 }), today);
}

plan::Tree small_tree(Office const& office)
{
    using plan::Level;
    auto june = node(Level::Subactivity, "1", "Penyelenggaraan integritas", { 6 });
    june.children = { node(Level::Indicator, "a", "Pakta integritas ditandatangani"), node(Level::Indicator, "b", "Laporan tersedia") };
    june.children[0].row.indicator_kind = plan::IndicatorKind::Share;
    june.children[1].row.indicator_kind = plan::IndicatorKind::Document;
    auto run = node(Level::Subactivity, "2", "Sosialisasi nilai-nilai", { 2, 3, 4 });
    auto all_year = node(Level::Subactivity, "3", "Monitoring rencana aksi", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 });
    auto first_activity = node(Level::Activity, "1", "Pelaksanaan manajemen perubahan");
    first_activity.children = { june, run, all_year };
    auto first = node(Level::Area, "1", "Manajemen Perubahan");
    first.row.area_no = 1;
    first.children = { first_activity };
    give_to(first, office.rendatin);

    auto twice = node(Level::Subactivity, "1", "Pemetaan naskah dinas", { 3, 9 });
    auto of_province = node(Level::Subactivity, "2", "Assessment center", { 6 });
    of_province.row.authority = plan::Authority::Province;
    of_province.row.remark = "Kewenangan KPU Provinsi";
    auto unscheduled = node(Level::Subactivity, "3", "Revisi naskah dinas");
    auto second_activity = node(Level::Activity, "1", "Penataan naskah");
    second_activity.children = { twice, of_province, unscheduled };
    auto second = node(Level::Area, "2", "Deregulasi Kebijakan");
    second.row.area_no = 2;
    second.children = { second_activity };
    give_to(second, office.hukum);

    plan::Tree tree;
    tree.title = "Rencana Aksi Reformasi Birokrasi KPU Kota Jambi";
    tree.areas = { first, second };
    return tree;
}

PlanId make_plan(storage::Database& database, Office const& office, int year, std::optional<time::Date> decided_on)
{
    auto start = act_of(office.andreas, time::Date::of(year, 1, 1));
    auto id = sure(database.write([&](Transaction& transaction) {
        return plan::create(transaction, start, office.kota_jambi, year, plan::PlanKind::Office, small_tree(office));
    }));
    if (decided_on)
        sure(database.write([&](Transaction& transaction) {
            return plan::fix(transaction, act_of(office.andreas, *decided_on), id, 1,
                { "12 TAHUN " + std::to_string(year), decided_on, "Jambi", "Ketua", "Ketua KPU Kota Jambi" });
        }));
    return id;
}

FoundDeliverable deliverable(storage::Database& database, PlanId plan, std::string_view body, unsigned last_month)
{
    auto month = (last_month < 10 ? "0" : "") + std::to_string(last_month);
    return sure(database.read([&](storage::Reader& reader) -> Result<FoundDeliverable> {
        auto row = reader.first(find_deliverable, plan, body, month);
        if (!row)
            return not_found();
        return FoundDeliverable { row->id<DeliverableTag>(0), row->integer(1), row->text(2) };
    }));
}

std::int64_t version_of(storage::Database& database, SubjectId id)
{
    return sure(database.read([&](storage::Reader& reader) -> Result<std::int64_t> {
        return reader.first(find_version, id)->integer(0);
    }));
}

std::int64_t tally(storage::Database& database, UnitId unit, std::string_view period, std::string_view part)
{
    return sure(database.read([&](storage::Reader& reader) -> Result<std::int64_t> {
        auto row = reader.first(find_tally, unit, period, part);
        return row ? row->integer(0) : 0;
    }));
}

}
