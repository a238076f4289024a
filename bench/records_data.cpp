// Fills a data folder with records for measuring and prints, a line each, what a load generator needs.
//   records_data FOLDER RECORDS [REFERENCES]   RECORDS of five fields over all units, REFERENCES of five references in one unit
// Output: "COOKIE<tab>CSRF<tab>UNIT CODE<tab>RECORD ID" for a person in each of 40 units, who holds a post there and nothing else.
#include "account/password.hpp"
#include "account/session.hpp"
#include "command/bulk_insert.hpp"
#include "command/opening.hpp"
#include "definition/publication.hpp"
#include "http/csrf.hpp"
#include "journal/journal.hpp"
#include "record/place.hpp"
#include "record/record_count.hpp"
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <random>
#include <sodium.h>
#include <sstream>

namespace kpuhub::bench {

using command::BulkInsert;
using storage::Query;

constexpr int people = 40;
constexpr int rows_at_once = 20'000;

struct Office {
    std::int64_t unit = 0;
    std::string code;
    std::int64_t person = 0;
};

static std::string text_of(char const* path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

/// 500 signs of words that differ from record to record.
static std::string note(std::mt19937_64& random)
{
    static char const* const words[] = { "pemutakhiran", "daftar", "pemilih", "logistik", "sosialisasi", "rapat", "koordinasi", "anggaran", "verifikasi", "laporan",
        "kabupaten", "sekretariat", "pengawasan", "arsip", "surat", "dinas", "pelayanan", "informasi", "publik", "integritas" };
    std::string made;
    while (made.size() < 500)
        made += std::string { words[random() % std::size(words)] } + " ";
    return made;
}

static std::vector<Office> make_people(storage::Transaction& transaction)
{
    std::vector<Office> offices;
    for (auto const& row : transaction.query({ "bench.units", "SELECT id, code FROM unit ORDER BY id" }))
        offices.push_back({ row.integer(0), row.text(1), 0 });
    for (auto& office : offices) {
        office.person = transaction.insert<PersonTag>({ "bench.person", "INSERT INTO person (unit_id, name, employment) VALUES ($1, 'Bench', 'pns') RETURNING id" }, office.unit).value;
        auto const post = transaction.insert<PostTag>({ "bench.post", "INSERT INTO post (unit_id, title, kind, valid_from) VALUES ($1, 'Analis', 'staff', '2020-01-01') RETURNING id" }, office.unit);
        transaction.execute({ "bench.appoint", "INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES ($1, $2, 'definitive', '2020-01-01')" }, office.person, post);
    }
    transaction.execute({ "bench.use", "INSERT INTO register_use (register, unit_id, state, changed_at) SELECT 'bench_record', id, 'on', 0 FROM unit" });
    transaction.execute({ "bench.use_too", "INSERT INTO register_use (register, unit_id, state, changed_at) SELECT 'bench_reference', id, 'on', 0 FROM unit" });
    return offices;
}

static void write_records(storage::Transaction& transaction, std::vector<Office> const& offices, std::int64_t from, std::int64_t to, time::Instant now)
{
    BulkInsert subjects(transaction, "subject (id, kind, unit_id, definition_version, state, created_at)", 6);
    BulkInsert records(transaction, "r_bench_record (subject_id, kind, number, created_by, search, f_subject, f_kind, f_happened_on, f_amount, f_note)", 10, { &subjects });
    std::mt19937_64 random { static_cast<std::uint64_t>(from) };
    for (auto id = from; id < to; ++id) {
        auto const& office = offices[static_cast<std::size_t>(id) % offices.size()];
        auto const words = note(random);
        subjects.add(id, "r_bench_record", office.unit, std::int64_t { 1 }, random() % 3 == 0 ? "closed" : "open", now);
        records.add(id, "r_bench_record", std::optional<std::string> {}, office.person, fmt::format("catatan {} {}", id, words), fmt::format("Catatan {}", id), std::string(1, "abcd"[random() % 4]),
            fmt::format("2026-{:02}-{:02}", 1 + random() % 12, 1 + random() % 28), static_cast<std::int64_t>(random() % 1'000'000'000), words);
    }
    subjects.flush();
    records.flush();
}

static void write_references(storage::Transaction& transaction, std::vector<Office> const& offices, std::int64_t from, std::int64_t to, std::int64_t targets, time::Instant now)
{
    BulkInsert subjects(transaction, "subject (id, kind, unit_id, definition_version, state, created_at)", 6);
    BulkInsert records(transaction, "r_bench_reference (subject_id, kind, number, created_by, search, f_subject, f_giver, f_taker, f_office, f_one_record, f_other_record)", 11, { &subjects });
    std::mt19937_64 random { static_cast<std::uint64_t>(from) };
    auto const any = [&] { return offices[random() % offices.size()]; };
    for (auto id = from; id < to; ++id) {
        subjects.add(id, "r_bench_reference", offices[7].unit, std::int64_t { 1 }, "recorded", now);
        records.add(id, "r_bench_reference", std::optional<std::string> {}, offices[7].person, fmt::format("rujukan {}", id), fmt::format("Rujukan {}", id), any().person, any().person, any().unit,
            static_cast<std::int64_t>(1'000'000 + random() % targets), static_cast<std::int64_t>(1'000'000 + random() % targets));
    }
    subjects.flush();
    records.flush();
}

static Result<void> print_session(storage::Transaction& transaction, Office const& office, time::Instant now)
{
    account::NewSession const session { account::random_token(), account::random_token(), "bench" };
    auto const account = transaction.insert<AccountTag>({ "bench.account", "INSERT INTO account (person_id, user_name, password_hash, state, created_at) VALUES ($1, $2, '', 'active', $3) RETURNING id" },
        office.person, "bench" + office.code, now);
    account::start_session(transaction, account, session, now);
    auto const record = transaction.first({ "bench.record", "SELECT min(id) FROM subject WHERE unit_id = $1 AND kind = 'r_bench_record'" }, office.unit);
    std::printf("%s\t%s\t%s\t%lld\n", session.token.c_str(), http::csrf_token(session.csrf_secret).c_str(), office.code.c_str(), static_cast<long long>(record->integer(0)));
    return {};
}

static Result<void> run(std::string const& folder, std::int64_t count, std::int64_t references)
{
    command::Settings settings;
    settings.data = folder;
    time::MachineClock const clock;
    auto database = TRY(command::open_database(settings, clock));
    auto const now = clock.now();
    auto const act = journal::make_act({}, now, clock.today());
    TRY(definition::publish(*database, act, { { "bench_record.yaml", text_of("bench/bench_record.yaml") }, { "bench_reference.yaml", text_of("bench/bench_reference.yaml") } }, record::write_permissions));
    auto const offices = TRY(database->write([&](storage::Transaction& transaction) -> Result<std::vector<Office>> { return make_people(transaction); }));
    constexpr std::int64_t first = 1'000'000;
    for (auto from = first; from < first + count; from += rows_at_once)
        TRY_VOID(database->write([&](storage::Transaction& transaction) -> Result<void> {
            write_records(transaction, offices, from, std::min<std::int64_t>(from + rows_at_once, first + count), now);
            return {};
        }));
    for (auto from = first + count; from < first + count + references; from += rows_at_once)
        TRY_VOID(database->write([&](storage::Transaction& transaction) -> Result<void> {
            write_references(transaction, offices, from, std::min<std::int64_t>(from + rows_at_once, first + count + references), count, now);
            return {};
        }));
    TRY(database->write([](storage::Transaction& transaction) -> Result<std::int64_t> { return record::count_all_again(transaction); }));
    for (int number = 0; number < people; ++number)
        TRY_VOID(database->write([&](storage::Transaction& transaction) { return print_session(transaction, offices[static_cast<std::size_t>(7 + number * 13)], now); }));
    return {};
}

}

int main(int count, char** words)
{
    if (count < 3 || sodium_init() < 0) {
        std::fprintf(stderr, "usage: records_data FOLDER RECORDS [REFERENCES]\n");
        return 64;
    }
    auto const done = kpuhub::bench::run(words[1], std::stoll(words[2]), count > 3 ? std::stoll(words[3]) : 0);
    if (!done) {
        std::fprintf(stderr, "%s %s\n", done.error().message_key.c_str(), done.error().detail.c_str());
        for (auto const& field : done.error().fields)
            std::fprintf(stderr, "%s %s %s\n", field.field.c_str(), field.message_key.c_str(), field.argument.c_str());
    }
    return done ? 0 : 1;
}
