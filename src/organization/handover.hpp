#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::organization {

/// Serah terima: one action that moves what one person holds in an office to another. Plan rows and roles belong to posts
/// and sub-divisions, so mostly the appointments move; what names the person himself is moved by participants.
struct HandoverDraft {
    UnitId unit {};
    PersonId from {};
    PersonId to {};
    std::string capacity = "definitive";    ///< how the next one holds the posts: definitive, plt, plh, delegate
    time::Date on {};                       ///< first day of the next one
    std::optional<time::Date> until {};     ///< last day; needed for plh and delegate, after which the first one goes on
    std::string reason;
    std::optional<time::Date> since {};     ///< only what is held since exactly this day: takes an earlier handover back
};

/// One line of the printed list.
struct HandoverItem {
    std::string kind;                       ///< post, grant, deliverable ...: words in messages people.handover.kind.*
    std::string title;
    std::string detail {};
    std::optional<time::Date> due_on {};
};

/// A post or a sub-division; one of the two.
struct Place {
    PostId post {};
    SubdivisionId subdivision {};
    friend bool operator==(Place const&, Place const&) = default;
};

/// A room that keeps work naming a person, or open work of posts worth listing. Registered by main.
class HandoverParticipant {
public:
    virtual ~HandoverParticipant() = default;
    /// What is open for these posts and this person; nothing is changed.
    [[nodiscard]] virtual std::vector<HandoverItem> open_work(storage::Reader&, HandoverDraft const&, std::vector<PostId> const& posts) const = 0;
    /// Puts the next one's name on what names the person; runs in the transaction of the handover.
    virtual Result<void> move(storage::Transaction&, journal::Act const&, HandoverDraft const&) const = 0;
    /// What would be left without a place when this one is closed with that day; nothing is changed.
    [[nodiscard]] virtual std::vector<HandoverItem> hangs_on(storage::Reader&, Place const&, time::Date last_day) const = 0;
    /// Puts it under the successor, of the same kind and office.
    virtual Result<void> move_place(storage::Transaction&, journal::Act const&, UnitId, Place const& from, Place const& to) const = 0;
};
using HandoverParticipants = std::vector<HandoverParticipant const*>;

/// What the handover would move, for the page that asks to confirm. Errors: as hand_over, but nothing is written.
Result<std::vector<HandoverItem>> preview_handover(storage::Reader&, journal::Act const&, HandoverDraft const&, HandoverParticipants const&);

/// Needs handover.make in the unit. Taking it back is a second handover in the other
/// direction, of what is held since the day of the first.
/// Errors: NotFound, Forbidden (also when the one who acts is the receiver: nobody grants to himself), Invalid with fields,
/// Conflict "people.handover.nothing" when the person holds nothing there.
Result<HandoverId> hand_over(storage::Transaction&, journal::Act const&, HandoverDraft const&, HandoverParticipants const&);

/// A handover as it was made, for print.
struct Handover {
    HandoverId id {};
    HandoverDraft facts;
    std::string unit_name;
    std::string from_name;
    std::string to_name;
    std::string made_by;
    time::Instant made_at {};
    std::vector<HandoverItem> items;
};
Result<Handover> handover_by_id(storage::Reader&, PersonId reader, time::Date today, UnitId, HandoverId);

struct HandoverLine {
    HandoverId id {};
    std::string from_name;
    std::string to_name;
    std::string capacity;
    time::Date on {};
    std::int64_t items = 0;
};
/// The last ones of a unit, newest first, at most 50; empty when the reader may not read its people.
std::vector<HandoverLine> handovers_of(storage::Reader&, PersonId reader, time::Date today, UnitId);

}
