#pragma once
#include "core/ratio.hpp"
#include "definition/campaign_file.hpp"
#include "flow/clock_calendar.hpp"
#include "organization/unit.hpp"
#include "record/record_actions.hpp"
#include "text/messages.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::campaign {

/// A campaign (kampanye) of one office, as a reader may know of it: whoever reads its plans knows the numbers.
struct Campaign {
    SubjectId id {};
    UnitId unit {};
    std::string unit_code, unit_name;
    definition::CampaignKind const* kind = nullptr;
    std::string period;
    time::Date due_on {};
    std::optional<time::Date> closed_on {};
    bool all_asked = false;
    std::int64_t version = 0;
    std::string ordered_by;                 ///< name of the office above; empty: none
    bool reads_names = false, may_run = false, may_accept = false;
    SubjectId before {};                    ///< the closed campaign of the same matter before it; none: the first
    std::int64_t left_over = 0;             ///< who has not filed in that one
    [[nodiscard]] bool open() const { return !closed_on; }
};

/// How far it is. Who left the office or is exempt counts in none but its own number.
struct Counts {
    std::int64_t asked = 0;                 ///< the denominator
    std::int64_t filed = 0;                 ///< filed or accepted
    std::int64_t accepted = 0;
    std::int64_t exempt = 0, left = 0;
    [[nodiscard]] Ratio share() const { return { filed, asked }; }
    [[nodiscard]] Ratio complete() const { return { accepted, asked }; }
};

enum class Meaning { Open, Filed, Accepted, Exempt };

/// One who was asked.
struct Person {
    PersonId id {};
    std::string name, number, post_title, subdivision;
    SubjectId record {};
    std::string state;                      ///< of the record
    std::int64_t version = 0;               ///< of the record
    Meaning meaning = Meaning::Open;
    time::Date due_on {};
    std::optional<time::Date> reminded_on {};
    bool here = true;                       ///< still holds a post in the office
    bool reachable = false;                 ///< has an e-mail address
    [[nodiscard]] bool counted() const { return here && meaning != Meaning::Exempt; }
    [[nodiscard]] bool missing() const { return here && meaning == Meaning::Open; }
};
Counts counts_of(std::vector<Person> const&);

// --- reading. Errors: NotFound when the reader may not know of it. ---

Result<Campaign> find_campaign(storage::Reader&, PersonId, time::Date today, SubjectId);
/// All who were asked when the reader reads names there; only himself otherwise. By the order of the office. One statement.
std::vector<Person> people_of(storage::Reader&, PersonId, time::Date today, SubjectId campaign);
/// The reader himself, when he was asked. One statement.
std::optional<Person> own_row(storage::Reader&, PersonId, time::Date today, SubjectId campaign);
/// Numbers alone, for who reads no names. One statement.
Counts count_people(storage::Reader&, time::Date today, SubjectId campaign);

/// A campaign in a list, with its numbers.
struct Line {
    SubjectId id {};
    definition::CampaignKind const* kind = nullptr;
    std::string period;
    time::Date due_on {};
    bool closed = false;
    Counts counts;
    bool mine = false;                      ///< asks the reader himself, who has not filed
    SubjectId record {};
};
/// Of an office: open ones first, newest first; at most 100. For who reads its plans. One statement.
std::vector<Line> campaigns_of(storage::Reader&, PersonId, time::Date today, UnitId);
/// What is asked of the reader himself and he has not done, by day due; then what runs in his office when he may run it there. One statement.
std::vector<Line> waiting_for(storage::Reader&, PersonId, time::Date today, UnitId);

/// Offices below with their sums: a kabupaten/kota has its own campaign, a province the sum of its offices and its own.
struct Branch {
    UnitId unit {};
    std::string code, name;
    bool own = false;                       ///< the office that is looked at
    std::int64_t units = 0, running = 0;    ///< offices of the branch, and those that have such a campaign
    SubjectId campaign {};                  ///< of a branch of one office
    Counts counts;
};
std::vector<Branch> branches_of(storage::Reader&, PersonId, time::Date today, UnitId, std::string_view matter, std::string_view period);

/// Holders of the duty who were not asked yet: they took office after the start.
struct Newcomer {
    PersonId id {};
    std::string name, post_title;
};
std::vector<Newcomer> newcomers(storage::Reader&, Campaign const&, std::vector<Person> const&, time::Date today);

/// The last day by the rule of the campaign for a year; nothing when no such rule is published.
std::optional<time::Date> rule_day(storage::Reader&, flow::CalendarShelf&, UnitId, definition::RuleName const&, time::Date from, time::Date today);

/// The same by the rules as shipped, for all campaigns of a year, to show beside a form: matter -> day. One statement.
std::map<std::string, time::Date> shipped_days(storage::Reader&, flow::CalendarShelf&, UnitId, time::Date from, time::Date today);

// --- actions. Each locks the campaign first. Errors: NotFound, Forbidden; Conflict "campaign.closed_already". ---

struct NewCampaign {
    std::string matter, period;
    time::Date due_on {};
    bool own = true, below = false;         ///< in the office itself, in all lower offices
};
/// Needs campaign.run in the office (own), campaign.order there (below). People are asked by jobs. Returns the campaign of the office, none
/// when only lower offices were asked. Errors: also Invalid with each wrong field, Conflict "campaign.open_already".
Result<std::optional<SubjectId>> start(storage::Transaction&, journal::Act const&, UnitId, NewCampaign const&);

/// Asks those that the duty has come to since. Needs campaign.run.
Result<void> ask_newcomers(storage::Transaction&, journal::Act const&, SubjectId);

/// What became of "ingatkan yang belum".
struct Reminded {
    std::int64_t mailed = 0, without_address = 0, today_already = 0;
};
struct Mailing {
    text::Messages const& messages;
    std::string public_url;
};
/// One mail for each who has not filed, at most one a day. Needs campaign.run.
Result<Reminded> remind(storage::Transaction&, journal::Act const&, SubjectId, Mailing const&);

/// Accepts what people have filed, each by the step of the register (nobody accepts his own). Returns how many.
/// Errors: also those of record::do_step; all or nothing.
struct Accepted {
    SubjectId record {};
    std::int64_t version = 0;
};
Result<std::int64_t> accept(storage::Transaction&, journal::Act const&, record::Desk const&, SubjectId, std::vector<Accepted> const&);

/// No more reminders; who has not filed may still do so, and the next year's campaign names him. Needs campaign.run.
Result<void> close(storage::Transaction&, journal::Act const&, SubjectId, std::int64_t shown_version);

/// Undoes a closing: the people and records are the same, nobody is asked anew; an asking that the closing broke off goes on. Needs
/// campaign.run. Errors: Conflict "campaign.open_now", "campaign.open_already" (another of the matter, year and office runs).
Result<void> reopen(storage::Transaction&, journal::Act const&, SubjectId, std::int64_t shown_version);

}
