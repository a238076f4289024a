#pragma once
#include "record/record_store.hpp"

namespace kpuhub::record {

/// What a person typed, by field, before it is read. A field that is not there was not asked.
using Typed = std::map<std::string, std::vector<std::string>>;

/// A file that was looked at and stored and waits for its record.
struct NewFile {
    RecordFile file;                    ///< its field says which document it is; '' = attachment
    std::string original_hash;
};

enum class Completeness : std::uint8_t { Draft, Complete };

/// Reads what was typed into a record: fields of the register that were asked take the new value, all others keep theirs; what a
/// condition hides becomes empty. Names are looked up (one statement for each person, unit or reference that was typed).
/// `files` count as filled documents. Errors: Invalid "record.wrong" with each wrong field ("f.value").
Result<void> read_entry(storage::Reader&, Place const&, Typed const&, Completeness, std::vector<NewFile> const& files, Record&);

/// The same for a row of a child list. Errors: Invalid with fields "c.<field>".
Result<Content> read_child(storage::Reader&, Place const&, definition::Field const& list, Typed const&);

}
