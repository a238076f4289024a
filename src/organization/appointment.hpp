#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string>
#include <vector>

namespace kpuhub::organization {

inline constexpr time::Date open_end { std::chrono::sys_days { std::chrono::year { 9999 } / 12 / 31 } };

/// Who holds a post from day to day: definitive, plt (acting, post vacant), plh (day-to-day, holder away), delegate.
/// Source: SE Kepala BKN 1/SE/I/2021 (Plh. and Plt.).
struct AppointmentDraft {
    PersonId person {};
    PostId post {};
    std::string capacity;
    time::Date from {};
    time::Date to = open_end;           ///< last day
};

/// Puts somebody on a post. The same person, post and first day again changes capacity and last day.
/// Needs people.manage or handover.make in the unit of the post; the program itself (no actor) may always.
/// Errors: NotFound; Forbidden, also for oneself: a post carries roles and nobody grants to himself; Invalid with fields
/// (unknown capacity, ends before it starts, person has left); Conflict when a definitive holder stands in those days
/// and another shall become definitive.
Result<void> appoint(storage::Transaction&, journal::Act const&, AppointmentDraft const&);

/// Ends what the person holds on the post with that day; a first day after it means that it never came into force.
/// Errors: NotFound, Forbidden.
Result<void> end_appointment(storage::Transaction&, journal::Act const&, PersonId, PostId, time::Date last_day);

/// The post above a post and who holds it on that day; going up past vacant posts. Empty at the top.
struct Superior {
    PostId post {};
    PersonId person {};
    std::string title;
    std::string capacity;
    std::string person_name;
};
std::vector<Superior> superiors_of(storage::Reader&, PersonId, time::Date on);

}
