#include "account/demo.hpp"
#include "account/session.hpp"
#include "command/application.hpp"
#include "command/demo_data.hpp"
#include "command/generated_plan.hpp"
#include "command/opening.hpp"
#include "http/cookie.hpp"
#include "support/scan_watch.hpp"
#include "support/scenario.hpp"
#include "support/test_database.hpp"
#include <deque>
#include <gmock/gmock.h>
#include <map>
#include <regex>
#include <set>

using namespace kpuhub;
using kpuhub::testing::CookieJar;

namespace {

/// Design 13, asked of every page that people of the demonstration come to from their start page: decrees fixed as plans, a year of
/// work, records of all registers, campaigns and figures.
class DemoFigures : public ::testing::TestWithParam<storage::Engine> {
protected:
    kpuhub::testing::TestDatabase empty { GetParam(), { .rerun = false } };
    kpuhub::testing::TestFolder folder;
    time::FixedClock clock { time::start_of_day(time::Date::of(2026, 11, 28), time::Zone::Wita).plus(std::chrono::hours { 11 }) };
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<command::Application> application;

    void SetUp() override
    {
        command::Settings settings;
        settings.data = folder.path().string();
        if (GetParam() == storage::Engine::Postgres)
            settings.database = empty.settings().address;
        database = command::open_database(settings, clock).value();
        auto const blobs = storage::BlobStore::open(settings.data + "/blobs").value();
        ASSERT_TRUE(account::load_demo_offices(*database, "peragaan-2026", clock.now()));
        auto const loaded = command::load_demo_data(*database, *blobs, text::Messages::embedded(), clock);
        ASSERT_TRUE(loaded) << loaded.error().message_key << " " << loaded.error().detail;
        if (GetParam() == storage::Engine::Sqlite)
            fill_other_offices();
        application = std::make_unique<command::Application>(*database, clock, settings.data, account::DoorSettings { "http://127.0.0.1:8080", true, "" });
    }

    /// Plans of offices that nobody here asks for.
    void fill_other_offices()
    {
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            for (auto const* code : { "11", "12", "13", "14", "15", "16", "17", "18", "19", "21" })
                command::generate_plans(transaction, { TRY(organization::unit_by_code(transaction, code, clock.today())), 2026, 2026, 1, clock.now() });
            return {};
        }));
    }

    CookieJar signed_in(std::string const& user)
    {
        auto const token = "token of " + user;
        EXPECT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            auto const row = transaction.first({ "test.account", "SELECT id FROM account WHERE user_name = $1" }, user);
            account::start_session(transaction, row->id<AccountTag>(0), { token, "secret", "Firefox, Linux" }, clock.now());
            return {};
        }));
        return { { std::string { http::session_cookie_name(false) }, token } };
    }

    http::Response page(CookieJar& who, std::string const& path)
    {
        return kpuhub::testing::run({ application->router(), application->faults() }, { .name = path, .path = path, .as = &who });
    }
};
FOR_BOTH_ENGINES(DemoFigures);

/// "/units/N/plans/N?month": addresses of one kind.
std::string shape_of(std::string const& path)
{
    static std::regex const value { "=[^&]*" }, number { "[0-9]+" };
    return std::regex_replace(std::regex_replace(path, value, ""), number, "N");
}

std::vector<std::string> links_in(std::string const& html)
{
    static std::regex const link { "href=\"(/[^\"#]*)" }, entity { "&amp;" };
    static std::regex const elsewhere { "^/(assets|language|public|verify|about).*|^//.*|.*\\.(pdf|csv|xlsx|docx|zip|ics|png|jpg|css|js|svg|webmanifest)([?].*)?$" };
    std::vector<std::string> found;
    for (std::sregex_iterator at { html.begin(), html.end(), link }, end; at != end; ++at)
        if (auto path = std::regex_replace((*at)[1].str(), entity, "&"); !std::regex_match(path, elsewhere))
            found.push_back(std::move(path));
    return found;
}

}

TEST_P(DemoFigures, no_page_on_the_way_of_its_people_needs_more_statements_or_reads_more_than_it_may)
{
    constexpr std::int64_t usual = 6, start_page = 10;
    constexpr int of_a_kind = 2;
    /// A record with limits and lists of rows: each list is a statement of its own.
    static std::map<std::string, std::int64_t> const more { { "/", start_page }, { "/records/N", usual + 2 } };
    /// All offices and the work of one may be read; the plans of all have more rows.
    constexpr std::int64_t most_scanned = 1500;
    std::set<std::string> kinds;
    kpuhub::testing::ScanWatch const watch;
    for (auto const* user : { "kasubbag.keuangan", "provinsi", "operator.boalemo", "kpuri", "admin", "sekretaris", "staf2" }) {
        auto who = signed_in(user);
        std::deque<std::string> waiting { "/", "/account", "/verification", "/evidence" };
        std::set<std::string> seen;
        std::map<std::string, int> of_shape;
        while (!waiting.empty()) {
            auto const path = waiting.front();
            waiting.pop_front();
            auto const shape = shape_of(path);
            if (!seen.insert(path).second || of_shape[shape] >= of_a_kind)
                continue;
            ++of_shape[shape];
            page(who, path);                                        // the first time reads definitions and calendars that are kept
            auto const before = database->counters().statements;
            auto const answer = page(who, path);
            if (answer.status != 200 || answer.body.find("<html") == std::string::npos)
                continue;
            auto const address = shape.substr(0, shape.find('?'));
            kinds.insert(address);
            auto const allowed = more.find(address);
            EXPECT_LE(database->counters().statements - before, allowed == more.end() ? usual : allowed->second) << user << " " << path;
            for (auto& link : links_in(answer.body))
                waiting.push_back(std::move(link));
        }
    }
    EXPECT_GE(kinds.size(), 70U) << "the walk did not get far";
    for (auto const& [statement, rows] : watch.scanned())
        EXPECT_LE(rows, most_scanned) << statement << " reads a table from end to end";
}
