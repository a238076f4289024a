#include "report/package_store.hpp"
#include "organization/access.hpp"

namespace kpuhub::report {

using storage::Query;

#define PACKAGE_COLUMNS \
    "p.subject_id, p.unit_id, u.code, n.name, p.year, p.period, s.state, s.version, p.note, p.with_plan, p.with_proofs, p.round"
#define PACKAGE_TABLES \
    " FROM report_package p JOIN subject s ON s.id = p.subject_id JOIN unit u ON u.id = p.unit_id" \
    " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)"
#define PACKAGE_RIGHT ", CASE WHEN " KPUHUB_MAY("p.unit_id", "'report.send'") " THEN 1 ELSE 0 END"

constexpr Query by_id { "report.package", "SELECT " PACKAGE_COLUMNS PACKAGE_RIGHT PACKAGE_TABLES
    " WHERE p.subject_id = $3 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") };
constexpr Query any_by_id { "report.any_package", "SELECT " PACKAGE_COLUMNS ", 1" PACKAGE_TABLES " WHERE p.subject_id = $1" };
constexpr Query by_year { "report.packages_of", "SELECT " PACKAGE_COLUMNS PACKAGE_RIGHT PACKAGE_TABLES
    " WHERE p.unit_id = $3 AND p.year = $4 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") " ORDER BY p.period DESC" };
constexpr Query by_period { "report.package_of_period", "SELECT subject_id FROM report_package WHERE unit_id = $1 AND year = $2 AND period = $3" };
constexpr Query waiting { "report.waiting_at",
    "SELECT p.subject_id, u.code, n.name, p.year, p.period, d.recipient, d.state, r.sent_at"
    "  FROM package_delivery d JOIN package_round r ON r.package_id = d.package_id AND r.round = d.round"
    "  JOIN report_package p ON p.subject_id = d.package_id JOIN unit u ON u.id = p.unit_id"
    "  JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)"
    " WHERE d.unit_id = $3 AND d.state IN ('sent', 'received') AND " KPUHUB_MAY("p.unit_id", "'plan.read'")
    "   AND ((d.recipient = 'steering' AND " KPUHUB_MAY("d.unit_id", "'report.steer'") ") OR (d.recipient <> 'steering' AND "
    KPUHUB_MAY("d.unit_id", "'report.receive'") "))"
    " ORDER BY r.sent_at, p.subject_id LIMIT 100" };
constexpr Query insert_row { "report.insert_package", R"sql(
    INSERT INTO report_package (subject_id, unit_id, year, period, written_at, written_by) VALUES ($1, $2, $3, $4, $5, $6) )sql" };
constexpr Query update_row { "report.update_package", "UPDATE report_package SET note = $2, with_plan = $3, with_proofs = $4 WHERE subject_id = $1" };
constexpr Query clear_papers { "report.clear_papers", "DELETE FROM package_paper WHERE package_id = $1" };
constexpr Query clear_rows { "report.clear_rows", "DELETE FROM package_row WHERE package_id = $1" };
constexpr Query put_paper { "report.add_paper", R"sql(
    INSERT INTO package_paper (package_id, paper_id)
    SELECT $1, o.subject_id FROM official_paper o JOIN subject s ON s.id = o.subject_id
     WHERE o.subject_id = $3 AND o.unit_id = $2 AND s.state = 'signed' )sql" };
constexpr Query put_row { "report.add_row", R"sql(
    INSERT INTO package_row (package_id, deliverable_id)
    SELECT $1, d.subject_id FROM deliverable d JOIN subject s ON s.id = d.subject_id WHERE d.subject_id = $3 AND s.unit_id = $2 )sql" };
constexpr Query put_round { "report.insert_round", R"sql(
    INSERT INTO package_round (package_id, round, note, sent_at, sent_by) VALUES ($1, $2, $3, $4, $5) )sql" };
constexpr Query raise_round { "report.raise_round", "UPDATE report_package SET round = $2 WHERE subject_id = $1" };
constexpr Query put_delivery { "report.insert_delivery", R"sql(
    INSERT INTO package_delivery (package_id, round, recipient, unit_id, state) VALUES ($1, $2, $3, $4, 'packing') )sql" };
constexpr Query put_archive { "report.write_archive", R"sql(
    UPDATE package_round SET archive_hash = $3, archive_bytes = $4 WHERE package_id = $1 AND round = $2 )sql" };
constexpr Query put_file { "report.insert_file", R"sql(
    INSERT INTO package_file (package_id, round, place, path, title, blob_hash, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7) )sql" };
constexpr Query give_deliveries { "report.hand_over", R"sql(
    UPDATE package_delivery SET state = 'sent' WHERE package_id = $1 AND round = $2 AND state = 'packing' )sql" };
constexpr Query drop_deliveries { "report.drop_deliveries", "DELETE FROM package_delivery WHERE package_id = $1 AND round = $2 AND state = 'packing'" };
constexpr Query drop_round_row { "report.drop_round", "DELETE FROM package_round WHERE package_id = $1 AND round = $2" };
constexpr Query put_receipt { "report.write_receipt", R"sql(
    UPDATE package_delivery SET state = 'received', receipt_number = $4, number_id = $5, received_at = $6, received_by = $7, evidence_id = $8
     WHERE package_id = $1 AND round = $2 AND recipient = $3 )sql" };
constexpr Query put_decision { "report.write_decision", R"sql(
    UPDATE package_delivery SET state = $4, decided_at = $5, decided_by = $6, reason = $7
     WHERE package_id = $1 AND round = $2 AND recipient = $3 )sql" };
// a round stands once for each of its files
constexpr Query rounds_by_package { "report.rounds", R"sql(
    SELECT r.round, r.note, r.sent_at, r.sent_by, COALESCE(p.name, ''), r.archive_hash, r.archive_bytes, f.place, f.path, f.title, f.blob_hash, f.bytes
      FROM package_round r LEFT JOIN person p ON p.id = r.sent_by LEFT JOIN package_file f ON f.package_id = r.package_id AND f.round = r.round
     WHERE r.package_id = $1 ORDER BY r.round DESC, f.place )sql" };
constexpr Query deliveries_by_package { "report.deliveries",
    "SELECT d.round, d.recipient, d.unit_id, n.name, d.state, d.receipt_number, d.received_at, COALESCE(a.name, ''), d.evidence_id, d.decided_at,"
    " COALESCE(b.name, ''), d.reason,"
    " CASE WHEN (r.sent_by IS NULL OR r.sent_by <> $1) AND ((d.recipient = 'steering' AND " KPUHUB_MAY("d.unit_id", "'report.steer'")
    ") OR (d.recipient <> 'steering' AND " KPUHUB_MAY("d.unit_id", "'report.receive'") ")) THEN 1 ELSE 0 END"
    "  FROM package_delivery d JOIN package_round r ON r.package_id = d.package_id AND r.round = d.round"
    "  JOIN unit_name n ON n.unit_id = d.unit_id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = d.unit_id)"
    "  LEFT JOIN person a ON a.id = d.received_by LEFT JOIN person b ON b.id = d.decided_by"
    " WHERE d.package_id = $3 ORDER BY d.round DESC, d.recipient DESC" };
constexpr Query files_by_round { "report.files", R"sql(
    SELECT place, path, title, blob_hash, bytes FROM package_file WHERE package_id = $1 AND round = $2 ORDER BY place )sql" };
// papers (0) and rows of the plan (1)
constexpr Query chosen_by_package { "report.chosen", R"sql(
    SELECT 0, paper_id, '', '', '' FROM package_paper WHERE package_id = $1
    UNION ALL SELECT 1, d.subject_id, n.body, d.due_on, s.state FROM package_row r JOIN deliverable d ON d.subject_id = r.deliverable_id
      JOIN subject s ON s.id = d.subject_id JOIN plan_node n ON n.subject_id = d.node_id
     WHERE r.package_id = $1 ORDER BY 1, 2 )sql" };

template<typename State>
static State state_named(std::string_view word, State last)
{
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (to_text(static_cast<State>(i)) == word)
            return static_cast<State>(i);
    throw storage::EngineError(storage::EngineFault::Other, "unknown state of a package");
}

static Package package_from(storage::Row const& row)
{
    return { row.id<PackageTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), static_cast<int>(row.integer(4)), row.text(5),
        state_named(row.text(6), PackageState::Sent), row.integer(7), row.text(8), row.yes(9), row.yes(10), row.integer(11), row.yes(12) };
}

std::optional<Package> load_any(storage::Reader& reader, PackageId id)
{
    auto row = reader.first(any_by_id, id);
    return row ? std::optional { package_from(*row) } : std::nullopt;
}

Result<Package> find_package(storage::Reader& reader, PersonId person, time::Date today, PackageId id)
{
    auto row = reader.first(by_id, person, today, id.value);
    if (!row)
        return not_found();
    return package_from(*row);
}

std::vector<Package> packages_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int year)
{
    std::vector<Package> all;
    for (auto const& row : reader.query(by_year, person, today, unit, year))
        all.push_back(package_from(row));
    return all;
}

std::vector<Waiting> waiting_at(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    std::vector<Waiting> all;
    for (auto const& row : reader.query(waiting, person, today, unit))
        all.push_back({ row.id<PackageTag>(0), row.text(1), row.text(2), static_cast<int>(row.integer(3)), row.text(4), row.text(5),
            state_named(row.text(6), DeliveryState::Accepted), row.instant(7) });
    return all;
}

std::optional<PackageId> package_of_period(storage::Reader& reader, UnitId unit, int year, std::string_view period)
{
    auto row = reader.first(by_period, unit, year, period);
    return row ? std::optional { row->id<PackageTag>(0) } : std::nullopt;
}

void insert_package(storage::Transaction& transaction, journal::Act const& act, PackageId id, UnitId unit, int year, std::string_view period)
{
    transaction.execute(insert_row, id, unit, year, period, act.at, act.actor);
}

void write_contents(storage::Transaction& transaction, PackageId id, Contents const& contents)
{
    transaction.execute(update_row, id, contents.note, contents.with_plan, contents.with_proofs);
    transaction.execute(clear_papers, id);
    transaction.execute(clear_rows, id);
}

bool add_paper(storage::Transaction& transaction, PackageId id, UnitId unit, PaperId paper) { return transaction.execute(put_paper, id, unit, paper.value) == 1; }
bool add_row(storage::Transaction& transaction, PackageId id, UnitId unit, DeliverableId row) { return transaction.execute(put_row, id, unit, row.value) == 1; }

void insert_round(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t round, std::string const& note)
{
    transaction.execute(put_round, id, round, note, act.at, act.actor);
    transaction.execute(raise_round, id, round);
}

void insert_delivery(storage::Transaction& transaction, PackageId id, std::int64_t round, std::string_view recipient, UnitId unit)
{
    transaction.execute(put_delivery, id, round, recipient, unit);
}

void write_archive(storage::Transaction& transaction, PackageId id, std::int64_t round, std::string const& hash, std::int64_t bytes)
{
    transaction.execute(put_archive, id, round, hash, bytes);
}

void insert_file(storage::Transaction& transaction, PackageId id, std::int64_t round, PackedFile const& file)
{
    transaction.execute(put_file, id, round, file.place, file.path, file.title, file.hash, file.bytes);
}

void hand_over(storage::Transaction& transaction, PackageId id, std::int64_t round) { transaction.execute(give_deliveries, id, round); }

void drop_round(storage::Transaction& transaction, PackageId id, std::int64_t round)
{
    transaction.execute(drop_deliveries, id, round);
    transaction.execute(drop_round_row, id, round);
}

void write_receipt(storage::Transaction& transaction, journal::Act const& act, PackageId id, Delivery const& delivery, paper::TakenNumber const& number, EvidenceId proof)
{
    transaction.execute(put_receipt, id, delivery.round, delivery.recipient, number.text, number.id, act.at, act.actor, proof);
}

void write_decision(storage::Transaction& transaction, journal::Act const& act, PackageId id, Delivery const& delivery, DeliveryState state, std::string const& reason)
{
    transaction.execute(put_decision, id, delivery.round, delivery.recipient, to_text(state), act.at, act.actor, reason);
}

std::vector<Round> rounds_of(storage::Reader& reader, PackageId id)
{
    std::vector<Round> all;
    for (auto const& row : reader.query(rounds_by_package, id)) {
        if (all.empty() || all.back().round != row.integer(0))
            all.push_back({ row.integer(0), row.text(1), row.instant(2), row.id<PersonTag>(3), row.text(4), row.text(5), row.integer(6) });
        if (!row.is_null(7))
            all.back().files.push_back({ row.integer(7), row.text(8), row.text(9), row.text(10), row.integer(11) });
    }
    return all;
}

std::vector<Delivery> deliveries_of(storage::Reader& reader, PersonId person, time::Date today, PackageId id)
{
    auto const moment = [](storage::Row const& row, std::size_t column) { return row.optional_instant(column); };
    std::vector<Delivery> all;
    for (auto const& row : reader.query(deliveries_by_package, person, today, id))
        all.push_back({ row.integer(0), row.text(1), row.id<UnitTag>(2), row.text(3), state_named(row.text(4), DeliveryState::Accepted), row.text(5), moment(row, 6), row.text(7),
            row.id<EvidenceTag>(8), moment(row, 9), row.text(10), row.text(11), row.yes(12) });
    return all;
}

std::vector<PackedFile> files_of_round(storage::Reader& reader, PackageId id, std::int64_t round)
{
    std::vector<PackedFile> all;
    for (auto const& row : reader.query(files_by_round, id, round))
        all.push_back({ row.integer(0), row.text(1), row.text(2), row.text(3), row.integer(4) });
    return all;
}

Chosen chosen_in(storage::Reader& reader, PackageId id)
{
    Chosen found;
    for (auto const& row : reader.query(chosen_by_package, id)) {
        if (row.yes(0))
            found.rows.push_back({ row.id<DeliverableTag>(1), row.text(2), row.date(3), row.text(4) });
        else
            found.papers.push_back(row.id<PaperTag>(1));
    }
    return found;
}

}
