#pragma once
#include "command/application.hpp"
#include "support/office.hpp"
#include "support/scenario.hpp"
#include "support/test_database.hpp"
#include "support/test_folder.hpp"
#include <memory>

namespace kpuhub::testing {

/// All rooms wired together over the small office, and its people signed in. Beside those of Office:
///   asri      assessor of Kota Jambi, without a post
///   admin     account administrator of Kota Jambi, without a post
///   audita    auditor at the province, without a post
/// Nobody has a password; `set_password` gives one where the sign-in itself is tried.
class Hub {
public:
    explicit Hub(storage::Engine engine = storage::Engine::Sqlite, bool rerun = true);

    TestDatabase database;
    TestFolder folder;
    time::FixedClock clock { time::Instant { 1'776'500'000'000 } };     // 18 April 2026, 15.13 WIB
    Office office;
    PersonId asri {}, admin {}, audita {};
    CookieJar nobody;
    CookieJar siti, andreas, maria, sekretaris, yuli, dewi, ratna, budi, asri_jar, admin_jar, audita_jar;

    [[nodiscard]] command::Application& application() { return *m_application; }
    [[nodiscard]] Site site() const;
    /// A session of its own for the person; the CSRF token of its forms is added by the site.
    CookieJar sign_in(PersonId);
    void set_password(PersonId, std::string_view password);
    [[nodiscard]] std::string user_name(PersonId) const;
    /// Runs waiting jobs (reading of decrees) until none waits.
    void work();

    std::int64_t count(std::string const& sql);
    void run_sql(std::string const& sql);

private:
    void add_account(PersonId, std::string const& user_name);
    PersonId add_person(UnitId, std::string const& name, std::string const& role);

    std::map<std::string, std::string> m_secrets;           ///< session token -> CSRF secret
    std::map<std::int64_t, std::string> m_user_names;
    std::unique_ptr<command::Application> m_application;
};

http::Response get(Hub&, CookieJar&, std::string const& path, bool json = false);
http::Response post(Hub&, CookieJar&, std::string const& path, std::vector<std::pair<std::string, std::string>> form);

/// A file as a browser sends it, under a name that may be anything.
http::Upload upload_of(TestFolder&, std::string const& file_name, std::string const& bytes, std::string const& field = "file");

/// A decree of three rows as stretched OCR text, so that the reader has to ask about months. The mark stands in its texts.
std::string small_decree(std::string const& mark = {});

}
