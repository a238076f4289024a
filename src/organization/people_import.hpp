#pragma once
#include "organization/person.hpp"
#include <string>
#include <vector>

namespace kpuhub::organization {

/// A read sheet: rows of cells, the heading first.
using Table = std::vector<std::vector<std::string>>;

inline constexpr std::size_t most_imported = 2'000;      ///< people in one list

/// What one line of the list would do.
struct ImportedPerson {
    enum class Change { Added, Changed, Unchanged, Wrong };
    std::int64_t line = 0;              ///< in the sheet, the heading is 1
    Change change = Change::Wrong;
    PersonDraft draft;
    std::string post_title;             ///< of the office, to be held definitively; empty = none given
    PostId post {};                     ///< set when the appointment is new
    time::Date from {};
    PersonId person {};                 ///< whom it changes
    std::int64_t version = 0;
    std::vector<std::string> changed {};        ///< names of the fields that differ
    std::vector<FieldFault> faults {};
};

struct PeoplePreview {
    std::vector<ImportedPerson> lines;
    [[nodiscard]] std::int64_t count(ImportedPerson::Change) const;
};

/// Compares the list with the people of the unit. A line is the same person by NIP, by PPPK number, or by name among those
/// of the unit who have neither. An empty cell leaves what is there. Nothing is written.
/// Errors: Forbidden, NotFound (people.manage); Invalid when the heading lacks name or employment, names a column twice,
/// or there are no lines or more than 2,000.
Result<PeoplePreview> preview_people(storage::Reader&, journal::Act const&, UnitId, Table const&);

/// Writes what the preview shows, without its wrong lines, from line to line (numbers of the sheet, both included), so that
/// a long list is written in pieces. Done a second time it changes nothing. Returns how many people it added or changed.
Result<std::int64_t> apply_people(storage::Transaction&, journal::Act const&, UnitId, Table const&, std::int64_t from_line, std::int64_t to_line);

/// The heading and an example line, for the file to fill in.
Table people_template();

/// Keeps the rows of an uploaded list until they are applied; lists older than 30 days go (security: retention).
using PeopleImportId = Id<struct PeopleImportTag>;
struct PeopleImport {
    PeopleImportId id {};
    std::string file_name;
    Table table;
    bool applied = false;
};
Result<PeopleImportId> keep_import(storage::Transaction&, journal::Act const&, UnitId, std::string file_name, Table const&);
/// Errors: NotFound, also for a list of another unit.
Result<PeopleImport> kept_import(storage::Reader&, journal::Act const&, UnitId, PeopleImportId);
void mark_applied(storage::Transaction&, journal::Act const&, PeopleImportId);

}
