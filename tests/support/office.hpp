#pragma once
#include "journal/act.hpp"
#include "plan/tree.hpp"
#include "storage/database.hpp"

namespace kpuhub::testing {

/// A small cast for tests: KPU RI > KPU Provinsi Jambi > Kota Jambi and Kabupaten Kerinci, in Kota Jambi
///   sekretaris   Sekretaris (superior of the heads; role leader)
///   maria        head of Rendatin, owner of change area 1
///   andreas      staff of Hukum dan SDM, secretary of the reform team (his own role, not of the post)
///   siti, yuli   staff of Rendatin, which owns the rows of area 1; yuli also acts (Plt.) as head of Hukum dan SDM
///   dewi         staff of Hukum dan SDM, which owns the rows of area 2
///   ratna        at the province: supervisor of lower units (reads, never changes)
///   budi         staff of Kabupaten Kerinci, who may not even read Kota Jambi
struct Office {
    UnitId national {};
    UnitId province {};
    UnitId kota_jambi {};
    UnitId kerinci {};
    SubdivisionId rendatin {};
    SubdivisionId hukum {};
    PostId head_of_rendatin {};
    PostId head_of_hukum {};
    PersonId sekretaris {};
    PersonId maria {};
    PersonId andreas {};
    PersonId siti {};
    PersonId yuli {};
    PersonId dewi {};
    PersonId ratna {};
    PersonId budi {};
};

/// Writes the cast into a fresh database, with the roles of definitions/access/roles.yaml. Throws when it cannot.
Office make_office(storage::Database&);

/// An act of a person at noon (WIB) of a day.
journal::Act act_of(PersonId, time::Date today);

/// Area 1 (owner Rendatin): one activity with
///   a sub-activity in June with two indicators, one of them a share; one from February to April; one all year;
/// area 2 (owner Hukum dan SDM): one sub-activity in March and September, one that KPU Provinsi answers for (June),
///   and one without months.
plan::Tree small_tree(Office const&);

/// small_tree as the draft of Kota Jambi for the year, by andreas; then fixed with a decree of that day when one is given.
PlanId make_plan(storage::Database&, Office const&, int year, std::optional<time::Date> decided_on);

/// The deliverable of the row with this text whose last month is this one, with its version. Throws when there is none.
struct FoundDeliverable {
    DeliverableId id {};
    std::int64_t version = 0;
    std::string state;
};
FoundDeliverable deliverable(storage::Database&, PlanId, std::string_view body, unsigned last_month);

std::int64_t version_of(storage::Database&, SubjectId);

/// The amount of a tally of plan_progress; 0 when there is none.
std::int64_t tally(storage::Database&, UnitId, std::string_view period, std::string_view part);

}
