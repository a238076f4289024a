#pragma once
#include "core/id.hpp"
#include "plan/months.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::plan {

// The closed lists of the schema. to_text gives the word that is stored; from_text reads it back.
enum class PlanState { Draft, Fixed, Closed };
enum class PlanKind { Office, Model };
enum class Level { Area, Activity, Subactivity, Indicator };
/// Who answers for a row (KET "kewenangan KPU Provinsi"): the office itself, or one above it.
enum class Authority { Office, Province, National };
enum class IndicatorKind { Document, Count, Share, Index, Trend };
/// Terjadwal, sedang dikerjakan, diajukan, dikembalikan, terverifikasi, tidak berlaku.
enum class State { Scheduled, UnderWay, Submitted, Returned, Verified, NotApplicable };
/// Of one success indicator: reported, not reported and not applicable are three different things.
enum class Answer { Reported, NotReported, NotApplicable };

std::string_view to_text(PlanState);
std::string_view to_text(PlanKind);
std::string_view to_text(Level);
std::string_view to_text(Authority);
std::string_view to_text(IndicatorKind);
std::string_view to_text(Rhythm);
std::string_view to_text(DueShift);
std::string_view to_text(State);
std::string_view to_text(Answer);

/// Nothing for a word outside the list. Made for each enum above.
template<typename Enum>
std::optional<Enum> from_text(std::string_view);

/// The action plan (rencana aksi RB) of one office and year, or a model that others adopt.
struct Plan {
    PlanId id {};
    UnitId unit {};
    int year = 0;
    PlanKind kind = PlanKind::Office;
    PlanState state = PlanState::Draft;
    std::int64_t version = 0;
    std::int64_t revision = 0;
    std::string title;
    std::string number;                         ///< of the decree: "12 TAHUN 2022"
    std::optional<time::Date> decided_on {};    ///< date of the decree; none while it is a draft
    time::Zone zone = time::Zone::Wib;          ///< of the office
    bool published = false;                     ///< a model offered to the offices below
};

/// A row of the plan: area, activity, sub-activity or success indicator.
struct Node {
    PlanNodeId id {};
    PlanNodeId parent {};
    Level level = Level::Area;
    int area_no = 0;                            ///< 1 to 8; 0 = outside the eight change areas
    std::int64_t place = 0;                     ///< order in the whole plan, depth first
    std::string number;                         ///< as printed
    std::string body;
    std::string remark;                         ///< KET as printed
    SubdivisionId owner_subdivision {};
    PostId owner_post {};
    Authority authority = Authority::Office;
    bool tentative = false;
    bool applies = true;
    std::string applies_reason;
    std::string common_item;                    ///< butir; empty = none
    std::optional<IndicatorKind> indicator_kind {};
    Months printed {};                          ///< marks of the decree; never altered
    bool months_certain = true;                 ///< false: the source was damaged and nobody has settled it yet
    std::optional<Months> working {};           ///< the working schedule, set without a revision
    std::optional<Rhythm> rhythm {};
    DueDay due {};                              ///< a fixed due day of the working schedule
    PlanNodeId carried_from {};                 ///< the unfinished row of last year's plan that goes on here

    [[nodiscard]] bool owned() const { return owner_subdivision || owner_post; }
    /// The months that hold: the working ones when set, else the printed ones.
    [[nodiscard]] Months months() const { return working.value_or(printed); }
    [[nodiscard]] bool months_open() const { return !months_certain && !working; }
};

/// What is owed by a day (keluaran).
struct Deliverable {
    DeliverableId id {};
    PlanNodeId node {};
    time::Date starts_on {};
    time::Date ends_on {};
    time::Date due_on {};
    State state = State::Scheduled;
    std::int64_t version = 0;
    bool passed = false;                        ///< the due day has ended, written by the scheduler
    std::int64_t proofs = 0;
    std::string note;                           ///< keterangan realisasi
    PersonId submitted_by {};
    std::optional<time::Instant> submitted_at {};
    PersonId decided_by {};
    std::optional<time::Instant> decided_at {};
    std::string reason;                         ///< of the return, the reopening or "not applicable"
};

/// One line of the checklist inside a deliverable. A figure is a numerator, for shares also a denominator.
struct Item {
    PlanNodeId node {};
    Answer answer = Answer::NotReported;
    bool fulfilled = false;
    std::optional<std::int64_t> numerator {};
    std::optional<std::int64_t> denominator {};
};

}
