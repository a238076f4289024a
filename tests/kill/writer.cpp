// The program that run.py kills:
//   kill_writer write FOLDER     migrates, then writes with eight threads; prints "<thread> <number>" once a write is
//                                acknowledged, never before
//   kill_writer check FOLDER     reads such lines and looks for each of them; exit 1 when one is lost or the store is
//                                not sound
//   kill_writer faults FOLDER CONTROL   meets a full and a read-only disk; exit 0 when each was refused with its
//                                message and writing went on by itself afterwards; then a failing fsync (exit 74)
#include "storage/backup.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include <cstdio>
#include <fstream>
#include <iostream>
#include <spdlog/spdlog.h>
#include <string>
#include <thread>
#include <unistd.h>

using namespace kpuhub;
using namespace kpuhub::storage;

namespace {

constexpr int threads = 8;
constexpr Query last_number { "kill.last", "SELECT COALESCE(MAX(number), 0) FROM line WHERE thread = $1" };
constexpr Query add { "kill.add", "INSERT INTO line (thread, number, words, hash) VALUES ($1, $2, $3, $4)" };
constexpr Query find { "kill.find", "SELECT words, hash FROM line WHERE thread = $1 AND number = $2" };
constexpr Query hashes { "kill.hashes", "SELECT hash FROM line" };

/// Many small files, so that kills meet the migration too.
std::vector<SchemaText> schema()
{
    std::vector<SchemaText> files { { "migrations/00_line.sql",
        "CREATE TABLE line (thread BIGINT NOT NULL, number BIGINT NOT NULL, words TEXT NOT NULL, hash TEXT, "
        "PRIMARY KEY (thread, number)); CREATE INDEX line_by_words ON line (words);" } };
    for (int number = 10; number < 40; ++number) {
        auto name = std::to_string(number);
        files.push_back({ "migrations/" + name + "_table.sql",
            "CREATE TABLE t" + name + " (id BIGINT PRIMARY KEY); INSERT INTO t" + name + " (id) VALUES (1), (2);" });
    }
    return files;
}

std::string words(int thread, std::int64_t number)
{
    return std::to_string(thread) + ":" + std::to_string(number) + std::string(static_cast<std::size_t>(number * 37 % 700), 'w');
}

template<typename T>
T must(Result<T> result, char const* what)
{
    if (result)
        return std::move(*result);
    std::fprintf(stderr, "kill_writer: %s: %s %s\n", what, result.error().message_key.c_str(), result.error().detail.c_str());
    std::_Exit(1);
}

struct Store {
    std::unique_ptr<Database> database;
    std::unique_ptr<BlobStore> blobs;

    explicit Store(std::string const& folder)
        : database(must(Database::open({ .address = "sqlite:" + folder + "/kpuhub.db", .readers = 2, .schema = schema() }), "open"))
        , blobs(must(BlobStore::open(folder + "/blobs"), "open the files"))
    {
        must(database->migrate(), "migrate");
    }

    std::int64_t last(int thread) const
    {
        return must(database->read([&](Reader& reader) -> Result<std::int64_t> {
            return reader.first(last_number, thread)->integer(0);
        }), "read");
    }
    Result<void> save(int thread, std::int64_t number) const
    {
        auto text = words(thread, number);
        std::optional<std::string> hash;
        if (number % 4 == 0)
            hash = TRY(blobs->put("file " + text)).hash;
        return database->write([&](Transaction& transaction) -> Result<void> {
            transaction.execute(add, thread, number, text, hash);
            return {};
        });
    }
    bool has(int thread, std::int64_t number) const
    {
        auto row = must(database->read([&](Reader& reader) -> Result<std::optional<Row>> {
            return reader.first(find, thread, number);
        }), "read");
        auto text = words(thread, number);
        if (!row || row->text(0) != text)
            return false;
        return number % 4 != 0 || blobs->read(row->text(1)).value_or("") == "file " + text;
    }
};

[[noreturn]] void write_until_killed(std::string const& folder)
{
    Store store { folder };
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread)
        running.emplace_back([&, thread] {
            for (auto number = store.last(thread) + 1;; ++number) {
                if (auto saved = store.save(thread, number); !saved) {
                    std::fprintf(stderr, "kill_writer: %s\n", saved.error().detail.c_str());
                    std::_Exit(1);
                }
                auto line = std::to_string(thread) + " " + std::to_string(number) + "\n";
                if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
                    std::_Exit(1);
            }
        });
    for (auto& thread : running)
        thread.join();
    std::_Exit(1);
}

int check(std::string const& folder)
{
    Store store { folder };
    int lost = 0;
    int thread = 0;
    std::int64_t number = 0;
    while (std::cin >> thread >> number)
        if (!store.has(thread, number)) {
            std::printf("lost: %d %lld\n", thread, static_cast<long long>(number));
            ++lost;
        }
    auto wrong = must(verify_store(*store.database, *store.blobs, hashes), "verify");
    for (auto const& line : wrong)
        std::printf("%s\n", line.c_str());
    return lost == 0 && wrong.empty() ? 0 : 1;
}

int meet_faults(std::string const& folder, std::string const& control)
{
    Store store { folder };
    std::int64_t number = 1;
    auto now = [&](std::string const& fault) {
        std::ofstream { control + ".new" } << fault;
        std::rename((control + ".new").c_str(), control.c_str());
    };
    auto expect = [&](Result<void> const& outcome, std::string const& key) {
        auto got = outcome ? std::string { "saved" } : outcome.error().message_key;
        std::printf("%s: %s %s\n", key.c_str(), got.c_str(), outcome ? "" : outcome.error().detail.c_str());
        std::fflush(stdout);
        if (got != key)
            std::_Exit(1);
    };
    expect(store.save(0, number++), "saved");
    for (auto const& [fault, key] : { std::pair<std::string, std::string> { "full", "storage.full" }, { "readonly", "storage.read_only" } }) {
        now(fault);
        expect(store.save(0, 1001), key);               // a row
        expect(store.save(0, 1000), key);               // a file
        if (!store.has(0, 1) || store.has(0, 1001))
            return 1;                                   // reading goes on
        now("");
        expect(store.save(0, number++), "saved");
    }
    now("fsync");
    expect(store.save(0, number), "the process has ended");
    return 1;
}

}

int main(int count, char** arguments)
{
    std::string const what = count > 2 ? arguments[1] : "";
    spdlog::set_level(spdlog::level::critical);
    if (what == "write")
        write_until_killed(arguments[2]);
    if (what == "check")
        return check(arguments[2]);
    if (what == "faults" && count > 3)
        return meet_faults(arguments[2], arguments[3]);
    std::fprintf(stderr, "usage: kill_writer write|check FOLDER | faults FOLDER CONTROL\n");
    return 64;
}
