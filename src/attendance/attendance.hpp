#pragma once
#include "record/record_actions.hpp"
#include "record/record_owed.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::attendance {

/// One attendance list of definitions/attendance.yaml: fields of a register.
struct ListFields {
    std::string register_id, list, person, guest, institution, came_at;
    std::string name, place, held_on, count, hold;
};
struct Rules {
    std::int64_t code_seconds = 30, codes_valid = 3, ticket_seconds = 600, shown_names = 12, most_guests = 1000, guests_per_network = 200;
    std::vector<ListFields> lists;
    [[nodiscard]] ListFields const* of(std::string_view register_id) const;
};
/// Errors: Invalid with file and line of every wrong place.
Result<Rules> load_rules(std::string_view file, std::string_view text);
/// Those of the program; a faulty file ends the program at its start.
Rules const& rules();

/// The code on the screen at a moment: eight letters and digits without those that look alike, made of the list's key and the time.
std::string code_at(std::string_view key, SubjectId, time::Instant);
/// Whether it is the present code or one of the few before it.
bool code_is_good(std::string_view key, SubjectId, std::string_view code, time::Instant);
/// Proof that somebody showed a good code, for a few minutes: "1776500000000.<mac>".
std::string ticket(std::string_view key, SubjectId, time::Instant);
bool ticket_is_good(std::string_view key, SubjectId, std::string_view ticket, time::Instant);

/// A list with its event.
struct Event {
    SubjectId record {};
    record::RecordPlace at;
    record::Record content;
    ListFields const* fields = nullptr;
    std::string key {};                     ///< empty: never opened
    bool unclosed = false;                  ///< nobody has closed it
    bool open = false;                      ///< for signing: and the event is in a state in which somebody may correct it
    /// Who was struck out, with the reason.
    struct Struck {
        std::string who, reason, by;
    };
    std::vector<Struck> struck {};
    [[nodiscard]] std::string text(std::string const& field) const;     ///< empty when not filled
};
/// Whoever asks: for who shows a code. Errors: NotFound when it is no event with a list.
Result<Event> event_by_code(storage::Reader&, definition::Shelf&, record::Asker, SubjectId);
/// For who reads the record. Errors: NotFound.
Result<Event> event_for(storage::Reader&, definition::Shelf&, record::Asker, SubjectId);
/// Its host: who may correct the record.
bool hosts(Event const&);
/// Who may close it: its host, and when nobody may correct the record any more, who was the host before.
bool closes(Event const&);

/// One who came.
struct Attendee {
    std::int64_t row = 0;
    std::string name, institution;
    bool guest = false;
    std::optional<time::Instant> came_at {};
};
/// Newest first. One statement.
std::vector<Attendee> attendees(storage::Reader&, Event const&, int limit);
std::int64_t count_attendees(storage::Reader&, Event const&);

// --- actions ---

/// Opens the list for signing, or opens it again; the host does it. `key`: random, from outside; kept when there is one.
Result<void> open_list(storage::Transaction&, journal::Act const&, record::Desk const&, SubjectId, std::string const& key);

enum class How { Scan, Guest, Host };
struct Signer {
    PersonId person {};                     ///< or a guest
    std::string guest, institution;
};
enum class Signed { Now, Before };
/// Puts somebody on the list once. The caller has checked code and ticket, or that the host does it.
/// Errors: Conflict "attendance.closed", "attendance.ended" (the event was reported or cancelled), "attendance.struck" (only the host takes him in again), "attendance.full"; Invalid (no name).
Result<Signed> sign(storage::Transaction&, journal::Act const&, record::Desk const&, SubjectId, Signer const&, How);
/// The same by hand; a guest's name that is the name or NIP of somebody of the office is he. Errors: also Forbidden.
Result<Signed> sign_by_host(storage::Transaction&, journal::Act const&, record::Desk const&, SubjectId, Signer const&);

/// Takes somebody off the list. Errors: Forbidden, NotFound, Invalid (no reason).
Result<void> strike(storage::Transaction&, journal::Act const&, record::Desk const&, SubjectId, std::int64_t row, std::string const& reason);

/// No more signing; the number who came stands in the record from now on, and a planned event was held. A record that nobody may correct
/// any more keeps its number. Returns how many came.
Result<std::int64_t> close_list(storage::Transaction&, journal::Act const&, record::Desk const&, SubjectId);

}
