#include "paper/paper_store.hpp"
#include "organization/access.hpp"
#include <array>

namespace kpuhub::paper {

using storage::Query;

#define PAPER_COLUMNS \
    "o.subject_id, o.unit_id, u.code, n.name, o.paper_kind, s.state, s.version, o.about_id, COALESCE(o.about_version, 0), o.title, o.content, o.size," \
    " o.number_id, o.number, o.dated_on, o.place, o.minutes_number, o.minutes_on, o.code, o.reason, o.revoked_on"
#define PAPER_TABLES \
    " FROM official_paper o JOIN subject s ON s.id = o.subject_id JOIN unit u ON u.id = o.unit_id" \
    " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)"
#define PAPER_RIGHTS \
    ", CASE WHEN " KPUHUB_MAY("o.unit_id", "'plan.manage'") " THEN 1 ELSE 0 END, CASE WHEN " KPUHUB_MAY("o.unit_id", "'plan.verify'") " THEN 1 ELSE 0 END"

constexpr Query by_id { "paper.by_id", "SELECT " PAPER_COLUMNS PAPER_RIGHTS PAPER_TABLES " WHERE o.subject_id = $3 AND " KPUHUB_MAY("o.unit_id", "'plan.read'") };
constexpr Query any_by_id { "paper.any_by_id", "SELECT " PAPER_COLUMNS ", 1, 1" PAPER_TABLES " WHERE o.subject_id = $1" };
constexpr Query by_code { "paper.by_code", "SELECT " PAPER_COLUMNS ", 0, 0" PAPER_TABLES " WHERE o.code = $1 AND o.number <> ''" };
constexpr Query by_about { "paper.by_about", "SELECT " PAPER_COLUMNS PAPER_RIGHTS PAPER_TABLES " WHERE o.about_id = $3 AND o.paper_kind = $4 AND "
    KPUHUB_MAY("o.unit_id", "'plan.read'") " ORDER BY o.void, o.subject_id DESC" };
constexpr Query by_unit { "paper.by_unit", "SELECT " PAPER_COLUMNS PAPER_RIGHTS PAPER_TABLES " WHERE o.unit_id = $3 AND "
    KPUHUB_MAY("o.unit_id", "'plan.read'") " ORDER BY o.subject_id DESC LIMIT 200" };
constexpr Query insert_row { "paper.insert", R"sql(
    INSERT INTO official_paper (subject_id, unit_id, paper_kind, about_id, once_key, title, content, size, code, written_at, written_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) )sql" };
constexpr Query same_key { "paper.same_key", "SELECT subject_id FROM official_paper WHERE unit_id = $1 AND paper_kind = $2 AND once_key = $3 AND void = 0" };
constexpr Query write_texts { "paper.write_texts", "UPDATE official_paper SET title = $2, content = $3, size = $4 WHERE subject_id = $1" };
constexpr Query delete_initials { "paper.delete_initials", "DELETE FROM paper_initial WHERE paper_id = $1" };
constexpr Query write_initials { "paper.write_initials", R"sql(
    INSERT INTO paper_initial (paper_id, person_id, post, initialled_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (paper_id, person_id) DO UPDATE SET post = excluded.post, initialled_at = excluded.initialled_at )sql" };
constexpr Query write_minutes { "paper.write_minutes", "UPDATE official_paper SET minutes_number = $2, minutes_on = $3 WHERE subject_id = $1" };
constexpr Query write_number { "paper.write_number", R"sql(
    UPDATE official_paper SET number_id = $2, number = $3, dated_on = $4, place = $5,
           about_version = (SELECT a.version FROM subject a WHERE a.id = official_paper.about_id) WHERE subject_id = $1 )sql" };
constexpr Query write_end { "paper.write_end", "UPDATE official_paper SET void = 1, reason = $2, revoked_on = $3 WHERE subject_id = $1" };
constexpr Query write_preview { "paper.write_preview", R"sql(
    INSERT INTO paper_file (paper_id, edition, media, blob_hash, bytes, made_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (paper_id, edition, media) DO UPDATE SET blob_hash = excluded.blob_hash, bytes = excluded.bytes, made_at = excluded.made_at )sql" };
constexpr Query write_file { "paper.write_file", R"sql(
    INSERT INTO paper_file (paper_id, edition, media, blob_hash, bytes, made_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (paper_id, edition, media) DO NOTHING )sql" };
constexpr Query initials_by_paper { "paper.initials", R"sql(
    SELECT i.person_id, p.name, i.post, i.initialled_at FROM paper_initial i JOIN person p ON p.id = i.person_id
     WHERE i.paper_id = $1 ORDER BY i.initialled_at, i.person_id )sql" };
constexpr Query files_by_paper { "paper.files", R"sql(
    SELECT edition, media, blob_hash, bytes, made_at FROM paper_file WHERE paper_id = $1 ORDER BY edition, media DESC )sql" };

constexpr std::array<std::string_view, 7> state_words { "draft", "initialled", "agreed", "numbered", "signed", "revoked", "cancelled" };

std::string_view to_text(State state) { return state_words.at(static_cast<std::size_t>(state)); }

static State state_named(std::string_view word)
{
    for (std::size_t i = 0; i < state_words.size(); ++i)
        if (state_words.at(i) == word)
            return static_cast<State>(i);
    throw storage::EngineError(storage::EngineFault::Other, "unknown state of a paper");
}

static std::string_view word_of(codec::PaperSize size) { return size == codec::PaperSize::A4 ? "A4" : "F4"; }

static OfficialPaper paper_of(storage::Row const& row)
{
    OfficialPaper made { row.id<PaperTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), row.text(4), state_named(row.text(5)), row.integer(6), row.id<SubjectTag>(7),
        row.integer(8), row.text(9), row.text(10), row.text(11) == "A4" ? codec::PaperSize::A4 : codec::PaperSize::F4, row.id<NumberTag>(12), row.text(13), row.optional_date(14),
        row.text(15), row.text(16), row.optional_date(17), row.text(18), row.text(19), row.optional_date(20) };
    made.may_manage = row.yes(21);
    made.may_initial = made.may_manage || row.yes(22);
    return made;
}

static std::optional<OfficialPaper> one(std::optional<storage::Row> const& row) { return row ? std::optional { paper_of(*row) } : std::nullopt; }

static std::vector<OfficialPaper> all_of(storage::Rows const& rows)
{
    std::vector<OfficialPaper> all;
    for (auto const& row : rows)
        all.push_back(paper_of(row));
    return all;
}

std::optional<OfficialPaper> load_paper(storage::Reader& reader, PersonId person, time::Date today, PaperId id) { return one(reader.first(by_id, person, today, id)); }
std::optional<OfficialPaper> load_any(storage::Reader& reader, PaperId id) { return one(reader.first(any_by_id, id)); }

Result<OfficialPaper> find_paper(storage::Reader& reader, PersonId person, time::Date today, PaperId id)
{
    auto found = load_paper(reader, person, today, id);
    if (!found)
        return not_found();
    return *found;
}

Result<OfficialPaper> paper_by_code(storage::Reader& reader, std::string_view code)
{
    auto found = one(reader.first(by_code, code));
    if (!found)
        return not_found("paper.verify.unknown");
    return *found;
}

std::vector<OfficialPaper> papers_about(storage::Reader& reader, PersonId person, time::Date today, SubjectId about, std::string_view kind)
{
    return all_of(reader.query(by_about, person, today, about, kind));
}

std::vector<OfficialPaper> papers_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit) { return all_of(reader.query(by_unit, person, today, unit)); }

void insert_paper(storage::Transaction& transaction, journal::Act const& act, SubjectId id, NewPaper const& paper, std::string const& code)
{
    auto const key = paper.once_key.empty() ? std::optional<std::string> {} : std::optional { paper.once_key };
    transaction.execute(insert_row, id, paper.unit, paper.kind, paper.about, key, paper.title, paper.content, word_of(paper.size), code, act.at, act.actor);
}

bool key_taken(storage::Reader& reader, NewPaper const& paper)
{
    return !paper.once_key.empty() && reader.first(same_key, paper.unit, paper.kind, paper.once_key).has_value();
}

void save_texts(storage::Transaction& transaction, PaperId id, std::string const& title, std::string const& content, codec::PaperSize size)
{
    transaction.execute(write_texts, id, title, content, word_of(size));
}

void drop_initials(storage::Transaction& transaction, PaperId id) { transaction.execute(delete_initials, id); }

void insert_initials(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::string const& post)
{
    transaction.execute(write_initials, id, act.actor, post, act.at);
}

void save_minutes(storage::Transaction& transaction, PaperId id, std::string const& number, time::Date on) { transaction.execute(write_minutes, id, number, on); }

void save_number(storage::Transaction& transaction, PaperId id, TakenNumber const& number, time::Date on, std::string const& place)
{
    transaction.execute(write_number, id, number.id, number.text, on, place);
}

void save_end(storage::Transaction& transaction, PaperId id, std::string const& reason, std::optional<time::Date> revoked_on)
{
    transaction.execute(write_end, id, reason, revoked_on);
}

void save_file(storage::Transaction& transaction, PaperId id, StoredFile const& file)
{
    transaction.execute(file.edition == "preview" ? write_preview : write_file, id, file.edition, file.media, file.hash, file.bytes, file.made_at);
}

std::vector<Initialled> initials_of(storage::Reader& reader, PaperId id)
{
    std::vector<Initialled> all;
    for (auto const& row : reader.query(initials_by_paper, id))
        all.push_back({ row.id<PersonTag>(0), row.text(1), row.text(2), row.instant(3) });
    return all;
}

std::vector<StoredFile> files_of(storage::Reader& reader, PaperId id)
{
    std::vector<StoredFile> all;
    for (auto const& row : reader.query(files_by_paper, id))
        all.push_back({ row.text(0), row.text(1), row.text(2), row.integer(3), row.instant(4) });
    return all;
}

}
