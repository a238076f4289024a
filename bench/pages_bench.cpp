// CPU per answer of a page beside its baseline: the same prepared statements, the same bytes from memory, the same server.
//   pages_bench DATA path ...      DATA: a data folder that "kpuhub generate" or "serve --demo" has filled
//   pages_bench DATA --session N   prints the token of a session and N random addresses of pages, for a load generator
// Seven interleaved rounds A B A B; printed: median CPU ms of both, median ratio, spread, statements, bytes.
#include "bench_person.hpp"
#include "command/application.hpp"
#include "core/memory.hpp"
#include "http/server.hpp"
#include "recording_database.hpp"
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <sodium.h>

namespace kpuhub::bench {

constexpr int rounds = 7;
constexpr int answers_per_round = 60;

static double cpu_ms()
{
    timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

static double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Page {
    std::string path;
    std::vector<Recorded> statements;
    http::Response answer;
};

static http::Request request_of(std::string const& target, std::string const& token)
{
    http::Request request;
    auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) {
        auto rest = target.substr(mark + 1);
        for (std::size_t from = 0; from < rest.size();) {
            auto end = std::min(rest.find('&', from), rest.size());
            auto equals = std::min(rest.find('=', from), end);
            request.query.add(rest.substr(from, equals - from), equals < end ? rest.substr(equals + 1, end - equals - 1) : "");
            from = end + 1;
        }
    }
    request.cookies["kpuhub"] = token;
    return request;
}

static void measure(command::Application& application, storage::Database& plain, Page const& page, std::string const& token)
{
    std::vector<double> ours, baseline, ratios;
    for (int round = 0; round < rounds; ++round) {
        auto start = cpu_ms();
        for (int i = 0; i < answers_per_round; ++i) {
            auto request = request_of(page.path, token);
            auto answer = http::dispatch(application.router(), request, application.faults());
            if (answer.status != page.answer.status)
                std::printf("  status changed to %d\n", answer.status);
        }
        auto middle = cpu_ms();
        for (int i = 0; i < answers_per_round; ++i) {
            replay(plain, page.statements);
            http::Response copy = page.answer;
            if (copy.body.size() != page.answer.body.size())
                std::abort();
        }
        auto end = cpu_ms();
        ours.push_back((middle - start) / answers_per_round);
        baseline.push_back((end - middle) / answers_per_round);
        ratios.push_back((middle - start) / std::max(1e-9, end - middle));
    }
    std::size_t statements = 0;
    for (auto const& group : page.statements)
        statements += group.statements.size();
    std::printf("%-44s status %d  %8.3f ms  baseline %8.3f ms  ratio %5.2f (%.2f to %.2f)  statements %zu  bytes %zu\n",
        page.path.c_str(), page.answer.status, median(ours), median(baseline), median(ratios),
        *std::min_element(ratios.begin(), ratios.end()), *std::max_element(ratios.begin(), ratios.end()), statements,
        page.answer.body.size());
}

/// Boards, panels, dashboards and lists of random offices, a line each.
static void print_addresses(storage::Database& database, int count)
{
    constexpr storage::Query panels { "bench.panels", R"sql(
        SELECT d.subject_id, u.code, p.year FROM deliverable d JOIN plan p ON p.subject_id = d.plan_id JOIN unit u ON u.id = p.unit_id
         WHERE d.subject_id % $1 = $2 LIMIT $3 )sql" };
    constexpr int step = 997, kinds = 4;
    auto done = database.read([&](storage::Reader& reader) -> Result<void> {
        int number = 0;
        for (auto const& row : reader.query(panels, step, 3, count)) {
            auto const id = std::to_string(row.integer(0)), year = std::to_string(row.integer(2));
            auto const unit = "/units/" + row.text(1);
            std::string const pages[kinds] = { "/deliverables/" + id, unit + "/plans/" + year, unit + "/dashboard?year=" + year,
                unit + "/figures?period=" + year + "&part=late" };
            std::printf("%s\n", pages[number++ % kinds].c_str());
        }
        return {};
    });
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().detail.c_str());
}

static int run(int count, char** words)
{
    storage::Settings settings;
    settings.address = std::string { "sqlite:" } + words[1] + "/kpuhub.db";
    auto database = storage::Database::open(settings);
    if (!database) {
        std::fprintf(stderr, "%s\n", database.error().message_key.c_str());
        return 1;
    }
    RecordingDatabase recording(**database);
    time::MachineClock clock;
    account::DoorSettings door;
    door.public_url = "http://127.0.0.1:8080";
    command::Application application(recording, clock, words[1], door);
    auto token = bench_session(**database, clock.now());
    if (count == 4 && std::string_view { words[2] } == "--session") {
        std::printf("%s\n", token.c_str());
        print_addresses(**database, std::stoi(words[3]));
        return 0;
    }
    for (int i = 2; i < count; ++i) {
        Page page { words[i], {}, {} };
        auto warm = request_of(page.path, token);
        http::dispatch(application.router(), warm, application.faults());
        recording.record(true);
        auto request = request_of(page.path, token);
        page.answer = http::dispatch(application.router(), request, application.faults());
        page.statements = recording.recorded();
        recording.record(false);
        measure(application, **database, page, token);
    }
    return 0;
}

}

int main(int count, char** words)
{
    kpuhub::keep_freed_memory();       // as the server does
    if (count < 3 || sodium_init() < 0) {
        std::fprintf(stderr, "usage: pages_bench DATA path ...\n");
        return 64;
    }
    return kpuhub::bench::run(count, words);
}
