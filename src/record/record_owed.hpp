#pragma once
#include "record/record_actions.hpp"

namespace kpuhub::record {

/// The newest version of a register. Errors: NotFound. One statement.
Result<RegisterRef> newest_register(storage::Reader&, definition::Shelf&, std::string_view register_id);

/// Switches a register on in an office for a campaign there, when it is off. The caller has checked the right.
void use_for_campaign(storage::Transaction&, journal::Act const&, std::string_view register_id, UnitId);

/// A record that somebody owes. He is its maker: what a definition gives to "creator" is his. The actor is who asked for it.
struct Owed {
    organization::Unit const& unit;
    definition::Register const& made;
    PersonId owner {};
    Content content;
    Names names {};                     ///< of persons in it
};
/// Makes the record in the first state of its flow. The caller has checked the right and locked what keeps it from being made twice.
Result<SubjectId> open_for(storage::Transaction&, journal::Act const&, Desk const&, Owed const&);

/// A record and its place, whoever asks: for who shows a code that the record's keeper gave him. Errors: NotFound. Two statements.
struct KnownRecord {
    RecordPlace at;
    Record record;
};
Result<KnownRecord> known_record(storage::Reader&, definition::Shelf&, Asker, SubjectId);

/// find_record without the ticked values of many-choice fields: one statement. Errors: NotFound.
Result<Record> find_plain(storage::Reader&, RecordPlace const&);

/// A row of a child list that somebody signs himself (an attendance list), without the right to correct the record. The caller has checked
/// that he may, and keeps him from signing twice. Returns the number of the row. Errors: NotFound.
Result<std::int64_t> sign_row(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::string const& list, Content const&);

/// Some single-valued fields of the records that `which` selects: SQL of one column of record numbers, with values from $1.
struct OwedValues {
    SubjectId id {};
    Content content;
};
std::vector<OwedValues> values_of(storage::Reader&, definition::Register const&, std::vector<std::string> const& fields, std::string_view which, SubjectId of);

}
