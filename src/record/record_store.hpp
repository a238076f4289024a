#pragma once
#include "record/place.hpp"
#include "record/record.hpp"

namespace kpuhub::record {

/// The record if the asker may read it: by a grant, or his own where makers read their own. Drafts are their maker's alone. All values,
/// also those that he may not see: whoever shows them asks Rights::sees. One statement. Errors: NotFound.
Result<Record> find_record(storage::Reader&, RecordPlace const&);

/// The predicate of every statement that lists or counts records: $1 person, $2 day, $3 unit, $4 permission to read, $5 whether makers
/// (and who stands in the owner field) read their own; superiors where the register names them.
std::string seen_predicate(definition::Register const&);
/// The same where the unit, the permission and "makers read their own" (a number) stand elsewhere in the statement; $1 and $2 as above.
struct SeenPlaces {
    std::string_view unit, permission, own;
};
std::string seen_predicate(definition::Register const&, SeenPlaces const&);
/// Whether the asker holds, today, the post above one of the person that the record is about. One statement.
bool is_superior(storage::Reader&, Place const&, Record const&);
std::vector<storage::Value> seen_values(Place const&);

/// The record for the program itself, whoever may read it: for what runs by time. Nothing when there is none.
std::optional<Record> record_for_program(storage::Reader&, definition::Register const&, SubjectId);

/// One row of a child list.
struct ChildRow {
    std::int64_t id = 0;
    Content content;
    Names names;
    std::int64_t in_all = 0;            ///< how many the list has
};
/// Rows below an id, newest first. The caller has read the record.
std::vector<ChildRow> child_rows(storage::Reader&, definition::Register const&, definition::Field const& list, SubjectId, std::int64_t below, int limit);
/// Those whose number is not among `known`, a statement of row numbers without nulls ($1: the record) of another room; oldest first. One statement.
std::vector<ChildRow> child_rows_outside(storage::Reader&, definition::Register const&, definition::Field const& list, SubjectId, std::string_view known, int limit);
/// Whether the record has a row with that value already. The record is locked by who asks before writing.
bool has_child_with(storage::Reader&, definition::Register const&, definition::Field const& list, SubjectId, std::string const& field, storage::Value const&);
std::int64_t count_children(storage::Reader&, definition::Register const&, definition::Field const& list, SubjectId);

/// A file of a record: document of a field, or attachment.
struct RecordFile {
    std::int64_t id = 0;
    std::string field;
    std::string blob_hash;              ///< stays inside this room
    std::string media_type;
    std::string name;
    std::int64_t bytes = 0;
    std::string brought_by;
    time::Instant brought_at {};
};
std::vector<RecordFile> files_of(storage::Reader&, SubjectId);
std::optional<RecordFile> find_file(storage::Reader&, SubjectId, std::int64_t id);
/// Takes a file away: it is shown no more, and the sweep collects it. Its name stays in the journal.
void drop_file(storage::Transaction&, SubjectId, std::int64_t id, time::Instant);

/// People of an office to choose from, by name; at most 500.
struct NamedId {
    std::int64_t id = 0;
    std::string name;
};
std::vector<NamedId> people_to_choose(storage::Reader&, UnitId);
std::vector<NamedId> units_to_choose(storage::Reader&, time::Date today);

/// Looks names up that were typed or stand in a sheet: person by name or NIP in the office, unit by code or name, record by number.
/// Checks also that a number is one of them. Nothing when there is none or more than one.
std::optional<NamedId> look_up(storage::Reader&, Place const&, definition::Field const&, std::string const& typed);

// --- used by the actions only ---
void insert_record(storage::Transaction&, definition::Register const&, Record const&);
void update_record(storage::Transaction&, definition::Register const&, Record const&);
/// All that was typed and brought: of a draft that is thrown away, of a record past its time.
void delete_content(storage::Transaction&, definition::Register const&, SubjectId);
std::int64_t insert_child(storage::Transaction&, definition::Register const&, definition::Field const& list, SubjectId, Content const&);
bool delete_child(storage::Transaction&, definition::Register const&, definition::Field const& list, SubjectId, std::int64_t id);
/// The next number of the series, given out once.
std::string next_number(storage::Transaction&, definition::Register const&, organization::Unit const&, time::Date today);
/// The next number of a series of that name, as its pattern prints it.
std::string number_in(storage::Transaction&, std::string const& series, definition::Numbering const&, organization::Unit const&, time::Date today);
std::int64_t insert_file(storage::Transaction&, SubjectId, RecordFile const&, std::string const& original_hash, PersonId, time::Instant);

}
