#pragma once
#include "record/record_actions.hpp"

namespace kpuhub::record {

/// The public door of a register in an office (definition: public.intake): a place without an asker. Errors: NotFound.
Result<Place> place_of_intake(storage::Reader&, definition::Shelf&, std::string_view unit_code, std::string_view path, time::Date today);

/// What an office offers the public, with what it is called, for its public page: forms that one may send, and lists of public records.
/// One statement.
struct PublicDoor {
    std::string path, counts;           ///< addresses; counts is empty where the register tells none
    definition::Words title;
};
std::vector<PublicDoor> doors_of(storage::Reader&, definition::Shelf&, std::string_view unit_code);

/// A form that came through the door.
struct SentForm {
    std::string unit_code, path;
    Typed typed;
    std::vector<NewFile> files {};
    std::string form_key;               ///< of the form as it was sent: the same one twice is one record
    std::string code_digest;            ///< of its tracking code
    std::string network;                ///< of the client, for the limits
    text::Language language = text::Language::Indonesian;
};

/// Refuses when more was sent from that network or to that office within the hour than the register says.
/// Errors: Unavailable "record.intake.busy" with the seconds to wait.
Result<void> require_quiet(storage::Reader&, Place const&, std::string const& network, time::Instant now);

/// Counts files that were looked at and led to nothing against the limit of the network; not against that of the office, which strangers
/// would close.
void count_refused(storage::Transaction&, Place const&, std::string const& network, time::Instant now);

/// Whether a form was sent already: sent again it is no further one. One statement.
bool was_sent(storage::Reader&, std::string const& form_key);

/// Makes the record; nobody is its maker. Sent a second time it gives the same record.
/// Errors: Invalid (wrong fields), NotFound (no such door), Unavailable (too many).
Result<SubjectId> receive(storage::Transaction&, journal::Act const&, Desk const&, SentForm const&);

/// The record of a tracking code. Errors: NotFound.
struct Tracked {
    RecordPlace at;
    Record record;
};
Result<Tracked> tracked(storage::Reader&, definition::Shelf&, std::string const& code_digest, time::Date today);

/// Whether who holds the code may do the step now.
flow::Verdict sender_verdict(definition::Step const&, Record const&, std::vector<flow::Clock> const&);

/// A step of who holds the code. The subject of the request is not looked at. Errors: as do_step.
Result<void> sender_step(storage::Transaction&, journal::Act const&, Desk const&, std::string const& code_digest, StepRequest const&);

/// A tracking code for a record that came another way (counter, letter), or a new one for a lost code: the old one ends. Needs the right to
/// make records of the register. Errors: NotFound (no such record, or its register has no door), Forbidden.
Result<void> give_code(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::string const& code_digest, text::Language);

/// The fields of the door that a form asks, in its order; documents too.
std::vector<definition::Field const*> intake_fields(definition::Register const&);

}
