#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "definition/clock_file.hpp"
#include "flow/clock_calendar.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::flow {

/// A limit as it was published, with its row.
struct PublishedRule {
    ClockRuleId id {};
    definition::ClockRule text;
};

/// Publishes rules: what is there in that version stays as it is. Returns how many were new. For definitions/clocks at the
/// start, and for rooms whose own definitions carry clocks.
int publish_rules(storage::Transaction&, std::vector<definition::ClockRule> const&);
/// definitions/clocks into the table. Errors: Invalid when a file is wrong.
Result<int> load_clock_rules(storage::Database&);
/// All published rules of a family, newest first. One statement.
std::vector<PublishedRule> rules_of_family(storage::Reader&, std::string_view family);
/// The rule of a matter for cases received on a day. Errors: NotFound "clock.no_rule".
Result<PublishedRule> rule_in_force(storage::Reader&, std::string_view family, std::string_view name, time::Date received_on);

/// All rules but those of registers, each once in its newest version, by family and name. One statement.
std::map<std::string, std::vector<PublishedRule>, std::less<>> shared_rules(storage::Reader&);

/// One limit that runs on a subject.
struct Clock {
    ClockId id {};
    SubjectId subject {};
    std::string name;                       ///< which limit of the subject
    UnitId unit {};
    PublishedRule rule;
    std::string state;                      ///< running | paused | stopped
    time::Instant started_at {};
    std::optional<time::Instant> due_at {}; ///< nothing while it stands still
    bool passed = false;                    ///< the limit has passed
    std::optional<time::Instant> stopped_at {};
    std::int64_t round = 1;
    std::int64_t next_step = 0;
    std::optional<time::Instant> next_change_at {};
    PersonId officer {};
    std::string read_permission;
    std::string link;
    PersonId reader {};                     ///< may read its page too: who made the subject
    std::string owed_by = "office";         ///< office | sender | others: only the office is ever late
    std::string calendar;
    std::int64_t version = 0;
    std::string subject_kind;
    std::vector<time::Pause> pauses {};
    std::vector<std::string> pause_reasons {};
    [[nodiscard]] bool open() const { return state != "stopped"; }
    [[nodiscard]] bool of_office() const { return owed_by == "office"; }
};

/// What a room says when a limit begins.
struct ClockStart {
    SubjectId subject {};
    std::string name;                       ///< one clock of each name for a subject
    UnitId unit {};
    std::string family, rule;               ///< "ppid_general", "notice"
    time::Instant at {};                    ///< the trigger; the set in force on that day is kept
    PersonId officer {};                    ///< warned first; none = whoever leads the office
    std::string read_permission;            ///< who may read its page, in its unit
    std::string link;                       ///< page of the subject
    PersonId reader {};                     ///< may read its page beside those with the permission
    std::string owed_by = "office";         ///< office | sender | others
    std::vector<time::Pause> pauses {};     ///< of a limit that goes on from another one; all ended
    std::optional<PublishedRule> found {};  ///< the rule, when the caller has it already
    bool stopped = false;                   ///< what it waits for is done already: it stops as it starts
    std::optional<UnitTimes> times {};      ///< when the unit works, when the caller has it already
};

enum class Reopening { Continue, Restart };

/// Starts, pauses, resumes, stops and reopens clocks, inside the transaction of the step that does so. The caller has locked the
/// subject and checked the right; each change is journaled on the subject. One for the program; any thread may use it.
class Clocks {
public:
    explicit Clocks(CalendarShelf& shelf) : m_shelf(shelf) {}

    /// Errors: NotFound "clock.no_rule"; Conflict "clock.there" when the subject has one of that name; Invalid (deadline.*).
    Result<ClockId> start(storage::Transaction&, journal::Act const&, ClockStart const&);
    /// The clock that a start makes, counted, not written. Errors: as start, without "clock.there".
    Result<Clock> prepare(storage::Reader&, journal::Act const&, ClockStart const&);
    /// Writes what was prepared for one subject, several clocks in one statement. Their events are written together with those that come
    /// before them (`earlier`). Errors: Conflict "clock.there".
    struct Prepared {
        ClockStart begin;
        Clock clock;
    };
    Result<std::vector<ClockId>> start_all(storage::Transaction&, journal::Act const&, std::vector<Prepared> const&, std::vector<journal::Entry> earlier = {});
    /// Errors of all below: NotFound; Conflict "clock.state" when it is not in the state that the step needs.
    Result<void> pause(storage::Transaction&, journal::Act const&, SubjectId, std::string_view name, std::string reason);
    Result<void> resume(storage::Transaction&, journal::Act const&, SubjectId, std::string_view name);
    /// The result stays as it is from now on. A paused clock stops too.
    Result<void> stop(storage::Transaction&, journal::Act const&, SubjectId, std::string_view name);
    /// Continue: the time between stop and now counts as a pause. Restart: the limit begins anew now, warnings too.
    Result<void> reopen(storage::Transaction&, journal::Act const&, SubjectId, std::string_view name, Reopening);
    /// The trigger was another moment, or another rule holds: counted anew from there, a stopped one too.
    Result<void> rebase(storage::Transaction&, journal::Act const&, SubjectId, std::string_view name, time::Instant at, PublishedRule const&);
    Result<void> assign(storage::Transaction&, journal::Act const&, SubjectId, std::string_view name, PersonId officer);

    /// Sets due, passed and the next change of a clock from its start, pauses and calendar. Nothing is written.
    Result<void> count(storage::Reader&, Clock&, time::Date today, time::Instant now);
    [[nodiscard]] CalendarShelf& shelf() { return m_shelf; }

private:
    Result<Clock> clock_of(storage::Transaction&, SubjectId, std::string_view name, std::initializer_list<std::string_view> states);
    Result<void> keep(storage::Transaction&, journal::Act const&, Clock&, std::string_view event, std::string reason = {});
    CalendarShelf& m_shelf;
};

/// The same counting without storage: what the job and Clocks::count share. The times name the calendar used.
Result<void> count_clock(Clock&, UnitTimes const&, time::Instant now);

/// Clocks of a subject in order of their start, stopped ones too.
std::vector<Clock> clocks_of(storage::Reader&, SubjectId);
std::optional<Clock> clock_by_id(storage::Reader&, ClockId);
/// The clock when the person may read it today. Errors: NotFound.
Result<Clock> clock_for(storage::Reader&, PersonId, time::Date today, ClockId);

/// What a room does when a limit of its subjects passes or, after a change of the calendar, has not passed after all.
using PassedListener = std::function<Result<void>(storage::Transaction&, Clock const&)>;
/// By kind of subject, or by how kinds begin: "r_*". Filled by main.
using PassedListeners = std::map<std::string, PassedListener, std::less<>>;

}
