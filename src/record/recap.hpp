#pragma once
#include "record/place.hpp"

namespace kpuhub::record {

/// The records of a register in an office and in the branches below it, by state, from kept numbers (record_count).
struct RecapLine {
    std::string code, name;                 ///< of the office
    bool branch = false;                    ///< with all offices below it; otherwise this office alone
    bool read = true;                       ///< the asker may read the register in each of its offices
    std::int64_t offices = 0, keeping = 0;  ///< offices that he knows of, and those that have the register on
    std::map<std::string, std::int64_t> states {};
    [[nodiscard]] std::int64_t total() const;
};
struct Recap {
    RegisterRef made;
    std::vector<RecapLine> lines;           ///< the office itself, then the branches by code
    [[nodiscard]] RecapLine const& office() const { return lines.front(); }
};

/// Branches: the offices directly below with what lies under each. Each: every office of the tree for itself.
enum class RecapBy : std::uint8_t { Branch, Office };

/// Only offices whose plans the asker may read (figures flow down with that right). One statement, two for each office
/// by itself, and one more the first time that a version is met. Errors: NotFound for an unknown unit or register, or one that he need not know of.
Result<Recap> recap_of(storage::Reader&, definition::Shelf&, Asker, std::string_view unit_code, std::string const& register_id, RecapBy);

/// What a number looks like to who may not read the records: rounded down to a multiple of `step`, so that it points at nobody and no
/// subtraction over branches, states or days gives a small one (security.md 15). step <= 1: as it is.
[[nodiscard]] std::int64_t rounded_count(std::int64_t, int step);
/// 1 where the reader may read the records, or where they hold no personal data.
[[nodiscard]] int step_for(definition::Register const&, bool read);

}
