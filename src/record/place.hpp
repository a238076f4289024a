#pragma once
#include "definition/publication.hpp"
#include "organization/unit.hpp"
#include "record/record.hpp"
#include <set>

namespace kpuhub::record {

/// Who asks, and on which day: the $1 and $2 of the access rule.
struct Asker {
    PersonId person {};
    time::Date today {};
};

/// What the asker may do with a register in an office, from his grants of the day. Rights on one's own records ("creator") come on top.
class Rights {
public:
    Rights() = default;
    Rights(std::string register_id, std::set<std::string, std::less<>> names) : m_register(std::move(register_id)), m_names(std::move(names)) {}

    [[nodiscard]] bool reads() const { return has("read"); }
    [[nodiscard]] bool creates() const { return has("create"); }
    [[nodiscard]] bool does(std::string_view step) const { return has("step", step); }
    [[nodiscard]] bool edits_in(std::string_view state) const { return has("edit", state); }
    /// Whether he may see the field of a record that is or is not his own, and so filter, sort and count by it.
    [[nodiscard]] bool sees(definition::Field const&, bool own) const;
    /// General permissions of the office: "plan.read", "unit.set", "plan.manage".
    [[nodiscard]] bool holds(std::string_view permission) const { return m_names.contains(permission); }

private:
    [[nodiscard]] bool has(std::string_view what, std::string_view which = {}) const;
    std::string m_register;
    std::set<std::string, std::less<>> m_names;
};

/// A register in an office, as one asker meets it.
struct Place {
    organization::Unit unit;
    RegisterRef made;
    bool on = false;                        ///< switched on in this office
    bool own_may_read = false;              ///< makers read their own records
    Rights rights;
    Asker asker;
    std::string calendar {};                ///< revision of the calendar when this was read; empty: not read
    std::int64_t indicators = -1;           ///< revision of the indicators when this was read; below 0: not read

    /// He knows of the register here: he may read, make or switch on.
    [[nodiscard]] bool known() const { return rights.reads() || rights.creates() || rights.holds("unit.set") || rights.holds("plan.read"); }
    /// He may list records: all of them, or at least his own. Whoever only knows of the register gets numbers.
    [[nodiscard]] bool lists() const { return rights.reads() || rights.creates(); }
    [[nodiscard]] std::string address(std::string_view below = {}) const;
};

/// One statement (and one more the first time that a version is met).
/// Errors: NotFound for an unknown unit or register, or one that the asker need not know of.
Result<Place> place_of(storage::Reader&, definition::Shelf&, Asker, std::string_view unit_code, std::string const& register_id);

/// Where a record stands, with its state and version; the register is that of the record's own version.
struct RecordPlace {
    Place place;
    SubjectId id {};
    std::string state;
    std::int64_t version = 0;
    time::Instant created_at {};
};
/// One statement. Says nothing yet about whether the asker may read this record: see find_record.
Result<RecordPlace> place_of_record(storage::Reader&, definition::Shelf&, Asker, SubjectId);

/// Switches a register on or off in an office. Needs unit.set there. Errors: Forbidden, NotFound.
Result<void> set_use(storage::Transaction&, journal::Act const&, definition::Shelf&, std::string_view unit_code, std::string const& register_id, bool on);

/// A register with how it stands in an office, for the list of registers. `mine` counts what waits for a step of the asker's roles.
struct RegisterLine {
    RegisterRef made;
    bool on = false;
    bool reads = false, creates = false;
    std::int64_t records = 0;
    bool recap = false;                     ///< there are offices below whose numbers he may see
};
struct RegisterList {
    organization::Unit unit;
    bool may_set = false;
    std::vector<RegisterLine> lines;
    bool may_retain = false;                ///< decides or approves what happens after the retention
    bool may_read_journal = false;
};
Result<RegisterList> registers_of(storage::Reader&, definition::Shelf&, Asker, std::string_view unit_code);

/// Writes the permissions of a register into role_permission: called by publishing.
void write_permissions(storage::Transaction&, definition::Register const&);

}
