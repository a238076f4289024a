#include "organization/access.hpp"
#include "organization/unit.hpp"
#include "record/recap.hpp"
#include "support/figure_fixture.hpp"
#include <fmt/format.h>

namespace kpuhub::record {

namespace {

constexpr std::array<std::string_view, 4> asked { "plan.read", "record.filing.read", "record.filing.create", "unit.set" };
constexpr std::array<std::string_view, 6> roles { "staff", "leader", "supervisor", "assessor", "rb_secretary", "area_owner" };
constexpr std::array<std::string_view, 4> capacities { "definitive", "plt", "plh", "delegate" };
constexpr std::string_view for_ever = "9999-12-31";

/// The rule once more, written in C++ over all rows: the judge of the three statements.
class Judge {
public:
    explicit Judge(storage::Reader& reader)
        : m_grants(reader.query({ "test.grants", "SELECT unit_id, role, COALESCE(person_id, 0), COALESCE(post_id, 0), valid_from, valid_to FROM role_grant" }))
        , m_appointments(reader.query({ "test.appointments", "SELECT a.person_id, a.post_id, p.unit_id, a.valid_from, a.valid_to FROM appointment a JOIN post p ON p.id = a.post_id" }))
        , m_permissions(reader.query({ "test.permissions", "SELECT role, permission, below FROM role_permission WHERE permission IN ('plan.read', 'record.filing.read', 'record.filing.create', 'unit.set')" }))
        , m_trees(reader.query({ "test.trees", "SELECT version, valid_from FROM unit_tree" }))
    {
        for (auto const& row : reader.query({ "test.scope", "SELECT tree_version, ancestor_id, unit_id FROM unit_scope" }))
            m_scope.emplace(row.integer(0), row.integer(1), row.integer(2));
    }

    [[nodiscard]] bool lies_below(UnitId office, UnitId unit, Date day) const { return m_scope.contains({ tree(day), office.value, unit.value }); }

    [[nodiscard]] bool may(PersonId person, Date day, UnitId unit, std::string_view permission) const
    {
        for (auto const& [office, role] : roles_of(person, day))
            for (auto const& row : m_permissions)
                if (row.text(0) == role && row.text(1) == permission && lies_below({ office }, unit, day) && (row.yes(2) || office == unit.value))
                    return true;
        return false;
    }

private:
    static bool holds(storage::Row const& row, std::size_t from, Date day) { return row.text(from) <= day.iso() && row.text(from + 1) >= day.iso(); }

    [[nodiscard]] std::int64_t tree(Date day) const
    {
        std::int64_t found = 0;
        for (auto const& row : m_trees)
            if (row.text(1) <= day.iso())
                found = std::max(found, row.integer(0));
        return found;
    }

    [[nodiscard]] std::set<std::pair<std::int64_t, std::string>> roles_of(PersonId person, Date day) const
    {
        std::set<std::int64_t> posts;
        std::set<std::pair<std::int64_t, std::string>> found;
        for (auto const& row : m_appointments)
            if (row.integer(0) == person.value && holds(row, 3, day)) {
                posts.insert(row.integer(1));
                found.emplace(row.integer(2), "staff");
            }
        for (auto const& row : m_grants)
            if (holds(row, 4, day) && (row.integer(2) == person.value || posts.contains(row.integer(3))))
                found.emplace(row.integer(0), row.text(1));
        return found;
    }

    storage::Rows m_grants, m_appointments, m_permissions, m_trees;
    std::set<std::tuple<std::int64_t, std::int64_t, std::int64_t>> m_scope;
};

}

/// Random roles, posts, deputies, borders, days and permissions of registers.
class AccessAgreement : public FigureFixture {
protected:
    std::mt19937 random;
    std::vector<std::pair<UnitId, std::string>> units;
    std::vector<PersonId> people;
    std::vector<PostId> posts;
    std::int64_t most_allowed = 0, allowed = 0;

    std::size_t below(std::size_t limit) { return random() % limit; }
    template<typename T>
    auto const& one_of(T const& all) { return all[below(all.size())]; }
    Date day_around() { return Date::of(2026, 1, 1).plus(std::chrono::days { below(400) }); }
    std::pair<std::string, std::string> span()
    {
        auto const from = day_around();
        return { from.iso(), below(3) == 0 ? std::string { for_ever } : from.plus(std::chrono::days { below(200) }).iso() };
    }

    void read_world()
    {
        ASSERT_TRUE(database->read([&](storage::Reader& reader) -> Result<int> {
            units.clear();
            people.clear();
            posts.clear();
            for (auto const& row : reader.query({ "test.units", "SELECT id, code FROM unit ORDER BY id" }))
                units.emplace_back(row.id<UnitTag>(0), row.text(1));
            for (auto const& row : reader.query({ "test.people", "SELECT id FROM person ORDER BY id" }))
                people.push_back(row.id<PersonTag>(0));
            for (auto const& row : reader.query({ "test.posts", "SELECT id FROM post ORDER BY id" }))
                posts.push_back(row.id<PostTag>(0));
            return 0;
        }));
    }

    /// Offices open and move in order of time: another tree every 40 days or less.
    void add_units(int round)
    {
        auto from = Date::of(2026, 1, 1).plus(std::chrono::days { 80 * round });
        for (int at = 0; at < 2; ++at) {
            organization::UnitLine const line { fmt::format("99{}{}", round, at), "regency", fmt::format("KPU Kabupaten {}{}", round, at), one_of(units).second, time::Zone::Wita };
            ASSERT_TRUE(write([&](storage::Transaction& transaction) { return organization::load_units(transaction, act({}, from), { line }, from); }));
        }
        read_world();
        for (int at = 0; at < 2; ++at) {
            from = from.plus(std::chrono::days { 1 + below(39) });
            auto const [unit, parent] = std::pair { one_of(units).first, one_of(units).first };
            // refused where the parent lies below the unit
            (void)write([&, unit = unit, parent = parent](storage::Transaction& transaction) { return organization::move_unit(transaction, act({}, from), unit, parent, from, "uji"); });
        }
    }

    void add_people()
    {
        for (int at = 0; at < 3; ++at)
            sql(fmt::format("INSERT INTO post (unit_id, title, kind, valid_from) VALUES ({}, 'Staf', 'staff', '2000-01-01')", one_of(units).first.value));
        sql(fmt::format("INSERT INTO person (unit_id, name, employment) VALUES ({}, 'Orang', 'pns')", one_of(units).first.value));
        read_world();
        for (int at = 0; at < 4; ++at) {
            auto const [from, to] = span();
            sql(fmt::format("INSERT INTO appointment (person_id, post_id, capacity, valid_from, valid_to) VALUES ({}, {}, '{}', '{}', '{}') ON CONFLICT DO NOTHING",
                one_of(people).value, one_of(posts).value, one_of(capacities), from, to));
        }
    }

    void grant_roles()
    {
        for (int at = 0; at < 4; ++at) {
            auto const [from, to] = span();
            bool const to_post = below(2) == 0;
            sql(fmt::format("INSERT INTO role_grant (role, unit_id, person_id, post_id, valid_from, valid_to, written_at) VALUES ('{}', {}, {}, {}, '{}', '{}', 0)", one_of(roles),
                one_of(units).first.value, to_post ? "NULL" : std::to_string(one_of(people).value), to_post ? std::to_string(one_of(posts).value) : "NULL", from, to));
        }
    }

    void permit()
    {
        for (auto const& permission : asked) {
            sql(fmt::format("DELETE FROM role_permission WHERE permission = '{}'", permission));
            for (auto const& role : roles)
                if (below(2) == 0)
                    sql(fmt::format("INSERT INTO role_permission (role, permission, below, register) VALUES ('{}', '{}', {}, '{}')", role, permission, below(2),
                        std::string_view { permission }.starts_with("record.") ? "filing" : ""));
        }
    }

    void switch_all_on()
    {
        sql("DELETE FROM register_use");
        sql("INSERT INTO register_use (register, unit_id, state, changed_at) SELECT 'filing', id, 'on', 0 FROM unit");
        sql("DELETE FROM subject WHERE kind = 'r_filing'");
        sql("INSERT INTO subject (kind, unit_id, state, definition_version, created_at) SELECT 'r_filing', id, 'asked', 1, 0 FROM unit");
    }

    void compare_in(storage::Reader& reader, Judge const& judge, PersonId person, Date day, std::pair<UnitId, std::string> const& unit)
    {
        SCOPED_TRACE(fmt::format("person {} on {} in {}", person.value, day.iso(), unit.second));
        std::map<std::string_view, bool> right;
        for (auto const& permission : asked) {
            right[permission] = judge.may(person, day, unit.first, permission);
            allowed += right[permission];
            ++most_allowed;
            EXPECT_EQ(organization::may(reader, person, day, unit.first, permission), right[permission]) << permission;
        }
        auto const same_rights = [&](Rights const& rights) {
            EXPECT_EQ(rights.holds("plan.read"), right["plan.read"]);
            EXPECT_EQ(rights.holds("unit.set"), right["unit.set"]);
            EXPECT_EQ(rights.reads(), right["record.filing.read"]);
            EXPECT_EQ(rights.creates(), right["record.filing.create"]);
        };
        if (auto const place = place_of(reader, shelf, { person, day }, unit.second, "filing"))
            same_rights(place->rights);
        else
            EXPECT_TRUE(std::ranges::none_of(right, [](auto const& each) { return each.second; })) << place.error().message_key;
        auto const subject = reader.first({ "test.record", "SELECT id FROM subject WHERE kind = 'r_filing' AND unit_id = $1" }, unit.first)->id<SubjectTag>(0);
        same_rights(place_of_record(reader, shelf, { person, day }, subject).value().place.rights);
        compare_recap(reader, judge, person, day, unit);
    }

    void compare_recap(storage::Reader& reader, Judge const& judge, PersonId person, Date day, std::pair<UnitId, std::string> const& top)
    {
        std::vector<std::string> right, found;
        std::int64_t offices = 0, all = 0;
        for (auto const& unit : units)
            if (judge.lies_below(top.first, unit.first, day) && judge.may(person, day, unit.first, "plan.read")) {
                right.push_back(fmt::format("{} {}", unit.second, judge.may(person, day, unit.first, "record.filing.read")));
                ++all;
            }
        std::ranges::sort(right);
        auto const each = recap_of(reader, shelf, { person, day }, top.second, "filing", RecapBy::Office);
        auto const branches = recap_of(reader, shelf, { person, day }, top.second, "filing", RecapBy::Branch);
        bool const told = judge.may(person, day, top.first, "plan.read");
        ASSERT_EQ(each.has_value(), told);
        ASSERT_EQ(branches.has_value(), told);
        if (!told)
            return;
        for (auto const& line : each->lines)
            found.push_back(fmt::format("{} {}", line.code, line.read));
        std::ranges::sort(found);
        EXPECT_EQ(found, right);
        bool reads_all = true;
        for (auto const& line : branches->lines) {
            offices += line.offices;
            reads_all = reads_all && line.read;
        }
        EXPECT_EQ(offices, all);
        EXPECT_EQ(reads_all, std::ranges::none_of(right, [](auto const& line) { return line.ends_with("false"); }));
    }
};
FOR_BOTH_ENGINES(AccessAgreement);

TEST_P(AccessAgreement, one_rule_is_asked_in_three_forms_with_one_answer)
{
    constexpr int rounds = 5, people_asked = 8, days_asked = 2;
    random.seed(20261128);
    read_world();
    for (int round = 0; round < rounds; ++round) {
        add_units(round);
        add_people();
        grant_roles();
        permit();
        switch_all_on();
        if (HasFatalFailure())
            return;
        ASSERT_TRUE(database->read([&](storage::Reader& reader) -> Result<int> {
            Judge const judge { reader };
            for (int at = 0; at < people_asked; ++at) {
                auto const person = one_of(people);
                for (int each = 0; each < days_asked; ++each) {
                    auto const day = day_around();
                    for (auto const& unit : units)
                        compare_in(reader, judge, person, day, unit);
                }
            }
            return 0;
        }));
    }
    EXPECT_GT(allowed, most_allowed / 20) << "the world is not so strict that all answers are no";
    EXPECT_LT(allowed, most_allowed * 19 / 20);
}

}
