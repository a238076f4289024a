#pragma once
#include "record/record_actions.hpp"

namespace kpuhub::record {

using Table = std::vector<std::vector<std::string>>;
using RecordImportId = Id<struct RecordImportTag>;

inline constexpr std::size_t most_import_rows = 5000;    ///< without the heading

/// What one row of an imported table would become.
struct ImportLine {
    std::int64_t line = 0;                  ///< of the file, from 1
    std::string first;                      ///< its first filled cell, to recognise it by
    std::vector<FieldFault> faults;
};

struct ImportPreview {
    std::string file_name;
    bool done = false;
    std::int64_t taken = 0;                 ///< rows taken over so far
    std::vector<std::string> known, unknown;    ///< columns by their heading
    std::int64_t good = 0, wrong = 0;
    std::vector<ImportLine> lines;          ///< the wrong ones, and the first good ones
};

/// Keeps a table until it is taken over. Needs the right to create. Errors: Invalid (no rows, more than 5,000 rows, no known column).
Result<RecordImportId> keep_import(storage::Transaction&, journal::Act const&, Place const&, std::string const& file_name, Table const&);

/// What would become of it now. Errors: NotFound (only who brought it sees it).
Result<ImportPreview> preview_import(storage::Reader&, Place const&, RecordImportId);

/// Takes over at most `rows` rows that are right, each as a record of its own; wrong ones are left out. Called again it goes on
/// where it stopped. Gives whether more waits. Errors: as create, NotFound.
Result<bool> take_import(storage::Transaction&, journal::Act const&, Desk const&, Place const&, RecordImportId, std::int64_t rows);

/// The heading of a table to fill in.
Table import_template(definition::Register const&);

}
