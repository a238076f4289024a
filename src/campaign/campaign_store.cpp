#include "campaign/campaign_store.hpp"
#include "campaign/campaign_job.hpp"
#include "organization/access.hpp"
#include "paper/signature.hpp"
#include <array>

namespace kpuhub::campaign {

using storage::Query;

// The day as of which people belong to the office: that of closing, or today ($2).
#define AS_OF "COALESCE(c.closed_on, $2)"
// The post that somebody (cp) holds in the office of the campaign (c); none: he has left.
#define HIS_POST \
    "(SELECT min(ca.post_id) FROM appointment ca JOIN post co ON co.id = ca.post_id WHERE ca.person_id = cp.person_id AND co.unit_id = c.unit_id" \
    " AND ca.capacity = 'definitive' AND ca.valid_from <= " AS_OF " AND ca.valid_to >= " AS_OF ")"
#define ASKED_TABLES \
    " campaign_person cp JOIN campaign c ON c.subject_id = cp.campaign_id JOIN subject s ON s.id = cp.record_id" \
    " JOIN campaign_state cs ON cs.matter = c.matter AND cs.state = s.state"
#define NAME_TODAY(alias, unit) \
    " JOIN unit_name " alias " ON " alias ".unit_id = " unit " AND " alias ".valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = " unit ")"
#define TREE_TODAY "(SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $2)"

// asked, filed, accepted, exempt, left of the rows of a group; `here` is the post of each.
#define SUMS(meaning, here) \
    "COALESCE(sum(CASE WHEN " here " IS NOT NULL AND " meaning " <> 'exempt' THEN 1 ELSE 0 END), 0)," \
    " COALESCE(sum(CASE WHEN " here " IS NOT NULL AND " meaning " IN ('filed', 'accepted') THEN 1 ELSE 0 END), 0)," \
    " COALESCE(sum(CASE WHEN " here " IS NOT NULL AND " meaning " = 'accepted' THEN 1 ELSE 0 END), 0)," \
    " COALESCE(sum(CASE WHEN " here " IS NOT NULL AND " meaning " = 'exempt' THEN 1 ELSE 0 END), 0)," \
    " COALESCE(sum(CASE WHEN " meaning " IS NOT NULL AND " here " IS NULL THEN 1 ELSE 0 END), 0)"

#define CAMPAIGN_COLUMNS "c.subject_id, c.unit_id, u.code, n.name, c.matter, c.period, c.due_on, c.closed_on, c.all_asked, cv.version, COALESCE(above.name, '')"
#define CAMPAIGN_TABLES \
    " campaign c JOIN subject cv ON cv.id = c.subject_id JOIN unit u ON u.id = c.unit_id" NAME_TODAY("n", "c.unit_id") \
    " LEFT JOIN unit_name above ON above.unit_id = c.ordered_by AND above.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = c.ordered_by)"
// The campaign of the same matter in the same office before this one.
#define BEFORE_IT "(SELECT max(b.subject_id) FROM campaign b WHERE b.unit_id = c.unit_id AND b.matter = c.matter AND b.closed_on IS NOT NULL AND b.subject_id < c.subject_id)"
#define YES(condition) "CASE WHEN " condition " THEN 1 ELSE 0 END"

constexpr Query select_campaign { "campaign.find", "SELECT " CAMPAIGN_COLUMNS ", " YES(KPUHUB_MAY("c.unit_id", "c.read_permission")) ", "
    YES(KPUHUB_MAY("c.unit_id", "'campaign.run'")) ", " YES(KPUHUB_MAY("c.unit_id", "c.accept_permission"))
    ", COALESCE(" BEFORE_IT ", 0), (SELECT count(*) FROM campaign_person pp JOIN subject ps ON ps.id = pp.record_id JOIN campaign_state st ON st.matter = c.matter AND st.state = ps.state"
    " WHERE pp.campaign_id = " BEFORE_IT " AND st.meaning = 'open')"
    " FROM" CAMPAIGN_TABLES " WHERE c.subject_id = $3 AND (" KPUHUB_MAY("c.unit_id", "'plan.read'")
    " OR EXISTS (SELECT 1 FROM campaign_person me WHERE me.campaign_id = c.subject_id AND me.person_id = $1))" };
constexpr Query campaign_alone { "campaign.by_id", "SELECT " CAMPAIGN_COLUMNS " FROM" CAMPAIGN_TABLES " WHERE c.subject_id = $1" };
constexpr Query select_people { "campaign.people",
    "SELECT cp.person_id, p.name, COALESCE(p.nip, ''), COALESCE(p.pppk_number, ''), COALESCE(o.title, ''), COALESCE(d.name, ''), cp.record_id, s.state, s.version,"
    " cs.meaning, cp.due_on, cp.reminded_on, " YES("o.id IS NOT NULL") ", " YES("COALESCE(p.email, '') <> ''")
    " FROM" ASKED_TABLES " JOIN person p ON p.id = cp.person_id LEFT JOIN post o ON o.id = " HIS_POST " LEFT JOIN subdivision d ON d.id = o.subdivision_id"
    " WHERE cp.campaign_id = $3 AND (cp.person_id = $1 OR ($4 = 1 AND " KPUHUB_MAY("c.unit_id", "c.read_permission") "))"
    " ORDER BY CASE WHEN d.id IS NULL THEN 0 ELSE 1 END, COALESCE(d.name, ''),"
    " CASE o.kind WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 WHEN 'head' THEN 4 ELSE 5 END, o.id, p.name, p.id" };
constexpr Query count_asked { "campaign.count", "SELECT " SUMS("x.meaning", "x.here") " FROM (SELECT cs.meaning AS meaning, " HIS_POST " AS here FROM" ASKED_TABLES
    " WHERE cp.campaign_id = $1) x" };
constexpr Query select_lines { "campaign.lines",
    "SELECT x.id, x.matter, x.period, x.due_on, x.closed, " SUMS("x.meaning", "x.here") ", max(x.mine), max(x.my_record)"
    " FROM (SELECT c.subject_id AS id, c.matter AS matter, c.period AS period, c.due_on AS due_on, " YES("c.closed_on IS NOT NULL") " AS closed, cs.meaning AS meaning, "
    HIS_POST " AS here, " YES("cp.person_id = $1 AND cs.meaning = 'open'") " AS mine, CASE WHEN cp.person_id = $1 THEN cp.record_id ELSE 0 END AS my_record"
    "   FROM campaign c LEFT JOIN campaign_person cp ON cp.campaign_id = c.subject_id LEFT JOIN subject s ON s.id = cp.record_id"
    "   LEFT JOIN campaign_state cs ON cs.matter = c.matter AND cs.state = s.state"
    "  WHERE c.unit_id = $3 AND " KPUHUB_MAY("c.unit_id", "'plan.read'") ") x"
    " GROUP BY x.id, x.matter, x.period, x.due_on, x.closed ORDER BY x.closed, x.period DESC, x.id DESC LIMIT 100" };
constexpr Query select_waiting { "campaign.waiting",
    "SELECT 1, c.subject_id, c.matter, c.period, cp.due_on, cp.record_id, 0, 0 FROM" ASKED_TABLES
    " WHERE cp.person_id = $1 AND c.closed_on IS NULL AND cs.meaning = 'open' AND " HIS_POST " IS NOT NULL"
    " UNION ALL SELECT 0, x.id, x.matter, x.period, x.due_on, 0, sum(CASE WHEN x.here IS NOT NULL AND x.meaning <> 'exempt' THEN 1 ELSE 0 END),"
    " sum(CASE WHEN x.here IS NOT NULL AND x.meaning IN ('filed', 'accepted') THEN 1 ELSE 0 END) FROM"
    " (SELECT c.subject_id AS id, c.matter AS matter, c.period AS period, c.due_on AS due_on, cs.meaning AS meaning, " HIS_POST " AS here FROM" ASKED_TABLES
    "   WHERE c.unit_id = $3 AND c.closed_on IS NULL AND " KPUHUB_MAY("c.unit_id", "'campaign.run'") ") x GROUP BY x.id, x.matter, x.period, x.due_on"
    " ORDER BY 1 DESC, 5, 2" };
constexpr Query select_branches { "campaign.branches",
    "SELECT top.unit_id, u.code, n.name, top.depth, (SELECT count(*) FROM unit_scope k WHERE k.ancestor_id = top.unit_id AND k.tree_version = " TREE_TODAY "),"
    " count(DISTINCT c.subject_id), COALESCE(max(c.subject_id), 0), " SUMS("x.meaning", "x.here")
    " FROM unit_scope top JOIN unit u ON u.id = top.unit_id" NAME_TODAY("n", "top.unit_id")
    " JOIN unit_scope sub ON sub.ancestor_id = top.unit_id AND sub.tree_version = top.tree_version AND (top.depth = 1 OR sub.depth = 0)"
    " LEFT JOIN campaign c ON c.unit_id = sub.unit_id AND c.matter = $4 AND c.period = $5"
    "   AND c.subject_id = (SELECT max(c2.subject_id) FROM campaign c2 WHERE c2.unit_id = sub.unit_id AND c2.matter = $4 AND c2.period = $5)"
    " LEFT JOIN (SELECT cp.campaign_id AS campaign_id, cs.meaning AS meaning, " HIS_POST " AS here FROM" ASKED_TABLES " WHERE c.matter = $4 AND c.period = $5) x"
    "   ON x.campaign_id = c.subject_id"
    " WHERE top.ancestor_id = $3 AND top.depth <= 1 AND top.tree_version = " TREE_TODAY " AND " KPUHUB_MAY("top.unit_id", "'plan.read'")
    " GROUP BY top.unit_id, u.code, n.name, top.depth ORDER BY top.depth, u.code" };

constexpr Query insert_row { "campaign.insert", R"sql(
    INSERT INTO campaign (subject_id, unit_id, matter, period, due_on, read_permission, accept_permission, ordered_by, started_by, started_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING )sql" };
constexpr Query insert_asked { "campaign.insert_person", R"sql(
    INSERT INTO campaign_person (campaign_id, person_id, record_id, due_on) VALUES ($1, $2, $3, $4) )sql" };
constexpr Query write_all_asked { "campaign.all_asked", "UPDATE campaign SET all_asked = $2 WHERE subject_id = $1" };
constexpr Query write_closed { "campaign.close", "UPDATE campaign SET closed_on = $2 WHERE subject_id = $1" };
constexpr Query write_open { "campaign.reopen", R"sql(
    UPDATE campaign SET closed_on = NULL WHERE subject_id = $1 AND NOT EXISTS (SELECT 1 FROM campaign o
     WHERE o.unit_id = campaign.unit_id AND o.matter = campaign.matter AND o.period = campaign.period AND o.closed_on IS NULL) )sql" };
constexpr Query write_reminded { "campaign.reminded", "UPDATE campaign_person SET reminded_on = $3 WHERE campaign_id = $1 AND person_id = $2" };
constexpr Query select_asked { "campaign.asked", "SELECT person_id FROM campaign_person WHERE campaign_id = $1" };
constexpr Query select_units { "campaign.units_to_ask",
    "SELECT u.id, u.code, u.level, n.name, n.zone FROM unit_scope sc JOIN unit u ON u.id = sc.unit_id" NAME_TODAY("n", "sc.unit_id")
    " WHERE sc.ancestor_id = $1 AND sc.depth > 0 AND u.closed_on >= $2 AND sc.tree_version = " TREE_TODAY
    " AND NOT EXISTS (SELECT 1 FROM campaign c WHERE c.unit_id = sc.unit_id AND c.matter = $3 AND c.period = $4 AND c.closed_on IS NULL AND c.all_asked = 1) ORDER BY u.code" };
constexpr Query select_open { "campaign.open_in", "SELECT subject_id FROM campaign WHERE unit_id = $1 AND matter = $2 AND period = $3 AND closed_on IS NULL" };
constexpr Query select_to_remind { "campaign.to_remind",
    "SELECT cp.person_id, COALESCE(p.email, ''), COALESCE((SELECT min(a.language) FROM account a WHERE a.person_id = p.id), 'id'),"
    " " YES("cp.reminded_on IS NOT NULL AND cp.reminded_on >= $2") ", cp.due_on FROM" ASKED_TABLES " JOIN person p ON p.id = cp.person_id"
    " WHERE cp.campaign_id = $1 AND cs.meaning = 'open' AND " HIS_POST " IS NOT NULL ORDER BY cp.person_id" };

static Campaign campaign_from(storage::Row const& row)
{
    Campaign found { row.id<SubjectTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), definition::campaign_of(row.text(4)), row.text(5), row.date(6), row.optional_date(7), row.yes(8),
        row.integer(9), row.text(10) };
    return found;
}

static Counts counts_from(storage::Row const& row, std::size_t first)
{
    return { row.integer(first), row.integer(first + 1), row.integer(first + 2), row.integer(first + 3), row.integer(first + 4) };
}

static Meaning meaning_of(std::string_view word)
{
    constexpr std::array<std::string_view, 4> words { "open", "filed", "accepted", "exempt" };
    for (std::size_t at = 0; at < words.size(); ++at)
        if (words.at(at) == word)
            return static_cast<Meaning>(at);
    return Meaning::Open;
}

Counts counts_of(std::vector<Person> const& people)
{
    Counts counts;
    for (auto const& each : people) {
        counts.left += each.here ? 0 : 1;
        counts.exempt += each.here && each.meaning == Meaning::Exempt ? 1 : 0;
        counts.asked += each.counted() ? 1 : 0;
        counts.filed += each.here && (each.meaning == Meaning::Filed || each.meaning == Meaning::Accepted) ? 1 : 0;
        counts.accepted += each.here && each.meaning == Meaning::Accepted ? 1 : 0;
    }
    return counts;
}

Result<Campaign> find_campaign(storage::Reader& reader, PersonId person, time::Date today, SubjectId id)
{
    auto const row = reader.first(select_campaign, person, today, id);
    if (!row)
        return not_found();
    auto found = campaign_from(*row);
    found.reads_names = row->yes(11);
    found.may_run = row->yes(12);
    found.may_accept = row->yes(13);
    found.before = SubjectId { row->integer(14) };
    found.left_over = row->integer(15);
    if (!found.kind)
        return not_found();
    return found;
}

std::optional<Campaign> campaign_by_id(storage::Reader& reader, SubjectId id, time::Date)
{
    auto const row = reader.first(campaign_alone, id);
    return row ? std::optional { campaign_from(*row) } : std::nullopt;
}

static std::vector<Person> read_people(storage::Reader& reader, PersonId person, time::Date today, SubjectId campaign, bool others)
{
    std::vector<Person> people;
    for (auto const& row : reader.query(select_people, person, today, campaign, others))
        people.push_back({ row.id<PersonTag>(0), row.text(1), paper::number_line(row.text(2), row.text(3)), row.text(4), row.text(5), row.id<SubjectTag>(6), row.text(7), row.integer(8),
            meaning_of(row.text(9)), row.date(10), row.optional_date(11), row.yes(12), row.yes(13) });
    return people;
}

std::vector<Person> people_of(storage::Reader& reader, PersonId person, time::Date today, SubjectId campaign) { return read_people(reader, person, today, campaign, true); }

std::optional<Person> own_row(storage::Reader& reader, PersonId person, time::Date today, SubjectId campaign)
{
    auto found = read_people(reader, person, today, campaign, false);
    return found.empty() ? std::nullopt : std::optional { std::move(found.front()) };
}

Counts count_people(storage::Reader& reader, time::Date today, SubjectId campaign)
{
    return counts_from(*reader.first(count_asked, campaign, today), 0);
}

std::vector<Line> campaigns_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    std::vector<Line> lines;
    for (auto const& row : reader.query(select_lines, person, today, unit))
        if (auto const* kind = definition::campaign_of(row.text(1)))
            lines.push_back({ row.id<SubjectTag>(0), kind, row.text(2), row.date(3), row.yes(4), counts_from(row, 5), row.optional_integer(10).value_or(0) != 0,
                SubjectId { row.optional_integer(11).value_or(0) } });
    return lines;
}

std::vector<Line> waiting_for(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    std::vector<Line> lines;
    for (auto const& row : reader.query(select_waiting, person, today, unit))
        if (auto const* kind = definition::campaign_of(row.text(2)))
            lines.push_back({ row.id<SubjectTag>(1), kind, row.text(3), row.date(4), false, { row.integer(6), row.integer(7) }, row.yes(0), SubjectId { row.integer(5) } });
    return lines;
}

std::vector<Branch> branches_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::string_view matter, std::string_view period)
{
    std::vector<Branch> branches;
    for (auto const& row : reader.query(select_branches, person, today, unit, matter, period)) {
        Branch branch { row.id<UnitTag>(0), row.text(1), row.text(2), row.integer(3) == 0, row.integer(4), row.integer(5), SubjectId { row.integer(6) }, counts_from(row, 7) };
        if (branch.own)
            branch.units = 1;
        branches.push_back(std::move(branch));
    }
    return branches;
}

constexpr Query forget_meanings { "campaign.forget_meanings", "DELETE FROM campaign_state" };
constexpr Query insert_meaning { "campaign.insert_meaning", "INSERT INTO campaign_state (matter, state, meaning) VALUES ($1, $2, $3)" };

Result<int> load_meanings(storage::Database& database)
{
    return database.write([&](storage::Transaction& transaction) -> Result<int> {
        int states = 0;
        transaction.execute(forget_meanings);
        for (auto const& kind : definition::embedded_campaigns())
            for (auto const& [state, meaning] : kind.means) {
                transaction.execute(insert_meaning, kind.matter, state, meaning);
                ++states;
            }
        return states;
    });
}

bool insert_campaign(storage::Transaction& transaction, journal::Act const& act, SubjectId id, UnitId unit, definition::CampaignKind const& kind, NewCampaign const& wanted, UnitId ordered_by)
{
    return transaction.execute(insert_row, id, unit, kind.matter, wanted.period, wanted.due_on, record::permission_name(kind.register_id, "read"),
               record::permission_name(kind.register_id, "step", kind.accept_step), ordered_by, act.actor, act.at)
        == 1;
}

void insert_person(storage::Transaction& transaction, SubjectId campaign, PersonId person, SubjectId record, time::Date due_on)
{
    transaction.execute(insert_asked, campaign, person, record, due_on);
}

void set_all_asked(storage::Transaction& transaction, SubjectId id, bool asked) { transaction.execute(write_all_asked, id, asked); }
void set_closed(storage::Transaction& transaction, SubjectId id, time::Date day) { transaction.execute(write_closed, id, day); }
bool set_open(storage::Transaction& transaction, SubjectId id) { return transaction.execute(write_open, id) > 0; }
void set_reminded(storage::Transaction& transaction, SubjectId id, PersonId person, time::Date day) { transaction.execute(write_reminded, id, person, day); }

std::vector<PersonId> asked_people(storage::Reader& reader, SubjectId id)
{
    std::vector<PersonId> people;
    for (auto const& row : reader.query(select_asked, id))
        people.push_back(row.id<PersonTag>(0));
    return people;
}

std::vector<organization::Unit> units_to_ask(storage::Reader& reader, UnitId unit, std::string_view matter, std::string_view period, time::Date today)
{
    std::vector<organization::Unit> units;
    for (auto const& row : reader.query(select_units, unit, today, matter, period))
        units.push_back({ row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) });
    return units;
}

std::optional<SubjectId> open_campaign(storage::Reader& reader, UnitId unit, std::string_view matter, std::string_view period)
{
    auto const row = reader.first(select_open, unit, matter, period);
    return row ? std::optional { row->id<SubjectTag>(0) } : std::nullopt;
}

std::vector<ToRemind> people_to_remind(storage::Reader& reader, SubjectId id, time::Date today)
{
    std::vector<ToRemind> people;
    for (auto const& row : reader.query(select_to_remind, id, today))
        people.push_back({ row.id<PersonTag>(0), row.text(1), text::language_named(row.text(2)), row.yes(3), row.date(4) });
    return people;
}

}
