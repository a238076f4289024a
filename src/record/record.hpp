#pragma once
#include "core/small_map.hpp"
#include "core/id.hpp"
#include "definition/register.hpp"
#include "organization/unit.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <memory>
#include <string>
#include <vector>

namespace kpuhub::record {

using RegisterRef = std::shared_ptr<definition::Register const>;

/// What a record holds: single values by field (an absent one is empty) and the ticked values of many-choice fields. Rows of child
/// lists are kept apart, for there may be thousands.
struct Content {
    SmallMap<std::string, storage::Value> values;
    SmallMap<std::string, std::vector<std::string>> choices;

    [[nodiscard]] bool filled(definition::Field const&) const;
    [[nodiscard]] storage::Value const& value(std::string const& field) const;      ///< empty when absent
};

/// What persons, units and references are called, by field.
using Names = SmallMap<std::string, std::string>;

/// A record (baris register) as it is stored.
struct Record {
    SubjectId id {};
    UnitId unit {};
    std::string state;
    std::int64_t version = 0;
    std::string number;                             ///< as printed; empty for drafts and registers without numbers
    PersonId created_by {};                         ///< none: it came through the public door
    std::string created_by_name;
    time::Instant created_at {};
    Content content;
    Names names;

    std::optional<time::Instant> due {};            ///< in lists: the next limit of the office that is open
    bool late = false;                              ///< in lists: an open limit of the office has passed

    [[nodiscard]] bool is_draft() const { return state == definition::draft_state; }
    /// What the person, unit or reference of a field is called; empty when there is none.
    [[nodiscard]] std::string const& name(std::string const& field) const;
};

/// Whether the field is asked and shown: not while its condition does not hold.
[[nodiscard]] bool applies(definition::Register const&, definition::Field const&, Content const&);

/// Fills the fields of a list that are worked out from two others; empty while one of those is.
void fill_lookups(definition::Register const&, std::vector<definition::Field> const&, Content&);

/// Whether a person counts as the record's creator: he made it, or stands in its owner field.
[[nodiscard]] bool is_own(definition::Register const&, Record const&, PersonId);

/// What people call the record: the value of the register's name field, or its number.
[[nodiscard]] std::string called(definition::Register const&, Record const&);

/// Who a field's value may be shown to: see Rights::sees.
[[nodiscard]] std::string permission_name(std::string_view register_id, std::string_view what, std::string_view which = {});

/// "GR-{unit}-{year}-{no:3}" with its parts put in. Pure.
[[nodiscard]] std::string number_text(definition::Numbering const&, std::string_view unit_code, time::Date today, std::int64_t number);
/// What the series counts by: "2026", "2026-04" or nothing.
[[nodiscard]] std::string series_span(definition::Numbering const&, time::Date today);

/// The words that every reader of a record may search: normalised, without fields that only some may see.
[[nodiscard]] std::string search_words(definition::Register const&, Record const&);

}
