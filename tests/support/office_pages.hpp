#pragma once
#include "command/application.hpp"
#include "support/office.hpp"
#include "support/scenario.hpp"
#include "support/test_database.hpp"
#include <memory>

namespace kpuhub::testing {

/// The pages of the small office (office.hpp) on both engines, on 15 June 2026 at 10.00, with people signed in:
///
///     class TaskPages : public OfficePages {};
///     FOR_BOTH_ENGINES(TaskPages);
class OfficePages : public ForBothEngines {
protected:
    time::FixedClock clock { time::start_of_day(time::Date::of(2026, 6, 15), time::Zone::Wib).plus(std::chrono::hours { 10 }) };
    TestFolder folder;
    Office office {};
    PlanId plan {};                         ///< of Kota Jambi; none until make_plan
    std::unique_ptr<command::Application> application;

    /// The office and the program over it; the plan of 2026 fixed on the day, when one is given.
    void open(std::optional<time::Date> decided_on = std::nullopt);
    /// The program anew over what is stored, as after a restart.
    void open_again();

    /// A session of the person; the site adds the CSRF token of its forms.
    CookieJar signed_in(PersonId);
    Site site();
    http::Response get(CookieJar*, std::string const& path);
    std::string body(CookieJar* who, std::string const& path) { return get(who, path).body; }
    std::string body(CookieJar& who, std::string const& path) { return body(&who, path); }
    http::Response send_form(CookieJar&, std::string const& path, std::vector<std::pair<std::string, std::string>> form);
    /// How many statements a page takes when it is shown the second time.
    std::int64_t statements(CookieJar*, std::string const& path);
    std::int64_t statements(CookieJar& who, std::string const& path) { return statements(&who, path); }

    void grant(PersonId, std::string_view role, UnitId, std::optional<std::int64_t> area_no = std::nullopt);
    void submit(PersonId, FoundDeliverable const&);
    void verify(PersonId, FoundDeliverable const&);
    /// The row of a plan with this text. Throws when there is none.
    PlanNodeId row(std::string_view body, PlanId = {});
    std::int64_t count(std::string const& sql);
};

}
