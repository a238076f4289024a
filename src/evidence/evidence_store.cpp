#include "evidence/evidence_store.hpp"
#include "account/access.hpp"
#include <algorithm>

namespace kpuhub::evidence {

using storage::Query;

namespace {

/// $1 person, $2 today; e = evidence, s = its subject. What proves something is seen by who may read what it proves;
/// what is not sorted yet only by who brought it and by who works for the whole office; what is held back by its bringer.
#define KPUHUB_PROOF_SEEN \
    "(s.state <> 'discarded' AND ((e.brought_by = $1 AND " KPUHUB_MAY("s.unit_id", "'plan.read'") ")" \
    "  OR (s.state = 'ready' AND (" KPUHUB_MAY("s.unit_id", "'plan.work_any'") \
    "   OR EXISTS (SELECT 1 FROM evidence_link vl JOIN subject vs ON vs.id = vl.subject_id" \
    "               WHERE vl.evidence_id = e.subject_id AND " KPUHUB_MAY("vs.unit_id", "'plan.read'") ")))))"

#define KPUHUB_PROOF_FIELDS \
    "e.subject_id, s.unit_id, s.version, s.state, e.evidence_kind, e.title, e.address, e.paper_kind, e.paper_number," \
    " e.paper_date, e.record_id, e.blob_hash, e.original_hash, e.preview_hash, e.media_type, e.file_name, e.bytes," \
    " e.brought_by, p.name, e.brought_at, e.effective_on, e.covers_from, e.covers_to, e.released, e.links"

#define KPUHUB_PROOF_RIGHTS \
    ", CASE WHEN (e.brought_by = $1 AND " KPUHUB_MAY("s.unit_id", "'evidence.bring'") ") OR (" \
    KPUHUB_MAY("s.unit_id", "'plan.work_any'") ") THEN 1 ELSE 0 END," \
    " CASE WHEN " KPUHUB_MAY("s.unit_id", "'evidence.release'") " THEN 1 ELSE 0 END"

#define KPUHUB_PROOF_TABLES \
    " FROM evidence e JOIN subject s ON s.id = e.subject_id JOIN person p ON p.id = e.brought_by "

constexpr Query find_proof { "evidence.find", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_RIGHTS KPUHUB_PROOF_TABLES
    "WHERE e.subject_id = $3 AND " KPUHUB_PROOF_SEEN };
constexpr Query unsorted_of_unit { "evidence.unsorted", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_RIGHTS KPUHUB_PROOF_TABLES
    "WHERE s.unit_id = $3 AND e.links = 0 AND ($4 = 1 OR e.brought_by = $1) AND e.subject_id < $5 AND " KPUHUB_PROOF_SEEN
    " ORDER BY e.subject_id DESC LIMIT $6" };
constexpr Query count_unsorted { "evidence.unsorted_count", R"sql(
    SELECT COUNT(*) FROM evidence e JOIN subject s ON s.id = e.subject_id
     WHERE e.brought_by = $1 AND e.links = 0 AND s.state <> 'discarded' )sql" };
constexpr Query proofs_of_subject { "evidence.of_subject", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_RIGHTS
    ", l.node_id, CASE WHEN ts.state <> 'verified' AND (((e.brought_by = $1 OR l.linked_by = $1) AND "
    KPUHUB_MAY("ts.unit_id", "'evidence.bring'") ") OR (" KPUHUB_MAY("ts.unit_id", "'plan.work_any'") ")) THEN 1 ELSE 0 END"
    " FROM evidence_link l JOIN evidence e ON e.subject_id = l.evidence_id JOIN subject s ON s.id = e.subject_id"
    " JOIN person p ON p.id = e.brought_by JOIN subject ts ON ts.id = l.subject_id"
    " WHERE l.subject_id = $3 AND " KPUHUB_PROOF_SEEN " ORDER BY l.id" };
constexpr Query existing_proofs { "evidence.existing", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_RIGHTS KPUHUB_PROOF_TABLES
    "WHERE s.unit_id = $3 AND s.kind = 'evidence' AND s.state = 'ready'"
    " AND ($4 = '' OR lower(e.title) LIKE $4 ESCAPE '!' OR lower(e.paper_number) LIKE $4 ESCAPE '!'"
    "      OR lower(e.file_name) LIKE $4 ESCAPE '!' OR lower(e.address) LIKE $4 ESCAPE '!')"
    " AND NOT EXISTS (SELECT 1 FROM evidence_link x WHERE x.evidence_id = e.subject_id AND x.subject_id = $5)"
    " AND " KPUHUB_PROOF_SEEN " ORDER BY e.subject_id DESC LIMIT $6" };
constexpr Query targets_of_proof { "evidence.targets", R"sql(
    SELECT l.subject_id, l.node_id FROM evidence_link l JOIN subject t ON t.id = l.subject_id
     WHERE l.evidence_id = $3 AND )sql" KPUHUB_MAY("t.unit_id", "'plan.read'") " ORDER BY l.id" };
constexpr Query released_proofs { "evidence.released_of_unit", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_TABLES
    "WHERE s.unit_id = $1 AND s.kind = 'evidence' AND s.state = 'ready' AND e.released = 1"
    " ORDER BY e.subject_id DESC LIMIT $2" };
constexpr Query released_proof { "evidence.find_released", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_TABLES
    "WHERE e.subject_id = $1 AND s.state = 'ready' AND e.released = 1" };
constexpr Query shared_proof { "evidence.find_shared", "SELECT " KPUHUB_PROOF_FIELDS KPUHUB_PROOF_TABLES
    "WHERE e.subject_id = $1 AND s.state = 'ready'" };
constexpr Query target_row { "evidence.find_target", "SELECT t.kind, t.unit_id, t.state,"
    " CASE WHEN " KPUHUB_MAY("t.unit_id", "'plan.read'") " THEN 1 ELSE 0 END,"
    " CASE WHEN " KPUHUB_MAY("t.unit_id", "'evidence.bring'") " THEN 1 ELSE 0 END,"
    " CASE WHEN " KPUHUB_MAY("t.unit_id", "'plan.work_any'") " THEN 1 ELSE 0 END"
    " FROM subject t WHERE t.id = $3" };
constexpr Query unit_rights { "evidence.unit_rights", "SELECT"
    " CASE WHEN " KPUHUB_MAY("$3", "'plan.read'") " THEN 1 ELSE 0 END,"
    " CASE WHEN " KPUHUB_MAY("$3", "'evidence.bring'") " THEN 1 ELSE 0 END,"
    " CASE WHEN " KPUHUB_MAY("$3", "'plan.work_any'") " THEN 1 ELSE 0 END" };
constexpr Query insert_proof { "evidence.insert", R"sql(
    INSERT INTO evidence (subject_id, evidence_kind, title, address, paper_kind, paper_number, paper_date, record_id,
        blob_hash, original_hash, preview_hash, media_type, bytes, file_name, brought_by, brought_at,
        effective_on, covers_from, covers_to)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) )sql" };
constexpr Query add_link { "evidence.insert_link", R"sql(
    INSERT INTO evidence_link (evidence_id, subject_id, node_id, linked_by, linked_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING )sql" };
constexpr Query link_writer { "evidence.linked_by", R"sql(
    SELECT linked_by FROM evidence_link WHERE evidence_id = $1 AND subject_id = $2 AND COALESCE(node_id, 0) = $3 )sql" };
constexpr Query remove_link { "evidence.delete_link", R"sql(
    DELETE FROM evidence_link WHERE evidence_id = $1 AND subject_id = $2 AND COALESCE(node_id, 0) = $3 )sql" };
constexpr Query write_links { "evidence.count_links", R"sql(
    UPDATE evidence SET links = (SELECT COUNT(*) FROM evidence_link l WHERE l.evidence_id = $1),
           released = CASE WHEN EXISTS (SELECT 1 FROM evidence_link l WHERE l.evidence_id = $1) THEN released ELSE 0 END
     WHERE subject_id = $1 )sql" };
constexpr Query count_proofs { "evidence.proofs_of", R"sql(
    SELECT COUNT(DISTINCT l.evidence_id) FROM evidence_link l JOIN subject s ON s.id = l.evidence_id
     WHERE l.subject_id = $1 AND s.state = 'ready' )sql" };
constexpr Query write_proof { "evidence.update", R"sql(
    UPDATE evidence SET title = $2, effective_on = $3, covers_from = $4, covers_to = $5 WHERE subject_id = $1 )sql" };
constexpr Query write_released { "evidence.set_released", "UPDATE evidence SET released = $2 WHERE subject_id = $1" };

ProofRow proof_of(storage::Row const& row)
{
    ProofRow proof;
    proof.id = row.id<EvidenceTag>(0);
    proof.unit = row.id<UnitTag>(1);
    proof.version = row.integer(2);
    proof.state = row.text(3);
    proof.kind = kind_of(row.text(4)).value_or(Kind::File);
    proof.title = row.text(5);
    proof.address = row.text(6);
    proof.paper = { row.text(7), row.text(8), row.optional_date(9) };
    proof.record = row.id<SubjectTag>(10);
    proof.file = { row.text_or_empty(11), row.text_or_empty(12), row.text_or_empty(13), row.text(14), row.text(15),
        row.integer(16), proof.state == held_state };
    proof.brought_by = row.id<PersonTag>(17);
    proof.brought_by_name = row.text(18);
    proof.brought_at = row.instant(19);
    proof.effective_on = row.optional_date(20);
    proof.covers_from = row.optional_date(21);
    proof.covers_to = row.optional_date(22);
    proof.released = row.yes(23);
    proof.links = row.integer(24);
    if (row.size() > 26) {
        proof.may_change = row.yes(25);
        proof.may_release = row.yes(26);
    }
    return proof;
}

std::vector<ProofRow> proofs_of_rows(storage::Rows const& rows)
{
    std::vector<ProofRow> proofs;
    proofs.reserve(rows.size());
    for (auto const& row : rows)
        proofs.push_back(proof_of(row));
    return proofs;
}

/// "%text%" with the signs of LIKE taken literally; empty stays empty.
std::string pattern_of(std::string const& text)
{
    if (text.empty())
        return {};
    std::string pattern = "%";
    for (char sign : text) {
        if (sign == '%' || sign == '_' || sign == '!')
            pattern += '!';
        pattern += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : sign;
    }
    return pattern + "%";
}

std::optional<std::string> unless_empty(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional { text };
}

}

std::optional<ProofRow> find(storage::Reader& reader, Asker asker, EvidenceId id)
{
    auto row = reader.first(find_proof, asker.person, asker.today, id.value);
    return row ? std::optional { proof_of(*row) } : std::nullopt;
}

std::optional<ProofRow> find_shared(storage::Reader& reader, EvidenceId id)
{
    auto row = reader.first(shared_proof, id.value);
    return row ? std::optional { proof_of(*row) } : std::nullopt;
}

std::vector<ProofRow> unsorted(storage::Reader& reader, Asker asker, UnitId unit, Whose whose, EvidenceId before, int limit)
{
    auto below = before ? before.value : INT64_MAX;
    return proofs_of_rows(reader.query(unsorted_of_unit, asker.person, asker.today, unit, whose == Whose::Office, below, limit));
}

std::int64_t unsorted_count(storage::Reader& reader, PersonId person)
{
    return reader.first(count_unsorted, person)->integer(0);
}

std::vector<LinkedProof> of_subject(storage::Reader& reader, Asker asker, SubjectId subject)
{
    std::vector<LinkedProof> proofs;
    for (auto const& row : reader.query(proofs_of_subject, asker.person, asker.today, subject))
        proofs.push_back({ proof_of(row), { subject, row.id<PlanNodeTag>(27) }, row.yes(28) });
    return proofs;
}

std::vector<ProofRow> existing(storage::Reader& reader, Asker asker, UnitId unit, std::string const& text, SubjectId except, int limit)
{
    return proofs_of_rows(reader.query(existing_proofs, asker.person, asker.today, unit, pattern_of(text), except.value, limit));
}

std::vector<Target> targets_of(storage::Reader& reader, Asker asker, EvidenceId id)
{
    std::vector<Target> targets;
    for (auto const& row : reader.query(targets_of_proof, asker.person, asker.today, id))
        targets.push_back({ row.id<SubjectTag>(0), row.id<PlanNodeTag>(1) });
    return targets;
}

std::vector<ProofRow> released_of_unit(storage::Reader& reader, UnitId unit, int limit)
{
    return proofs_of_rows(reader.query(released_proofs, unit, limit));
}

std::optional<ProofRow> find_released(storage::Reader& reader, EvidenceId id)
{
    auto row = reader.first(released_proof, id.value);
    return row ? std::optional { proof_of(*row) } : std::nullopt;
}

std::optional<TargetRow> find_target(storage::Reader& reader, Asker asker, SubjectId subject)
{
    auto row = reader.first(target_row, asker.person, asker.today, subject.value);
    if (!row)
        return std::nullopt;
    return TargetRow { row->text(0), row->id<UnitTag>(1), row->text(2), row->yes(3), row->yes(4), row->yes(5) };
}

UnitRights rights_in(storage::Reader& reader, Asker asker, UnitId unit)
{
    auto row = reader.first(unit_rights, asker.person, asker.today, unit.value);
    return { row->yes(0), row->yes(1), row->yes(2) };
}

void insert(storage::Transaction& transaction, journal::Act const& act, EvidenceId id, Proof const& proof)
{
    auto const& file = proof.file;
    transaction.execute(insert_proof, id, code(proof.kind), proof.title, proof.address, proof.paper.kind, proof.paper.number,
        proof.paper.date, proof.record, unless_empty(file.shown_hash), unless_empty(file.original_hash),
        unless_empty(file.preview_hash), file.media_type, file.bytes, file.name, act.actor, act.at, proof.effective_on,
        proof.covers_from, proof.covers_to);
}

bool insert_link(storage::Transaction& transaction, journal::Act const& act, EvidenceId id, Target const& target)
{
    return transaction.execute(add_link, id, target.subject, target.part, act.actor, act.at) == 1;
}

std::optional<PersonId> linked_by(storage::Reader& reader, EvidenceId id, Target const& target)
{
    auto row = reader.first(link_writer, id, target.subject, target.part.value);
    return row ? std::optional { row->id<PersonTag>(0) } : std::nullopt;
}

void delete_link(storage::Transaction& transaction, EvidenceId id, Target const& target)
{
    transaction.execute(remove_link, id, target.subject, target.part.value);
}

void count_links(storage::Transaction& transaction, EvidenceId id) { transaction.execute(write_links, id); }

std::int64_t proofs_of(storage::Reader& reader, SubjectId subject)
{
    return reader.first(count_proofs, subject)->integer(0);
}

void update(storage::Transaction& transaction, EvidenceId id, Proof const& proof)
{
    transaction.execute(write_proof, id, proof.title, proof.effective_on, proof.covers_from, proof.covers_to);
}

void set_released(storage::Transaction& transaction, EvidenceId id, bool released)
{
    transaction.execute(write_released, id, released);
}

}
