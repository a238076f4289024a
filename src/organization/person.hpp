#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::organization {

/// One who works in an office, as a form or a list states him. Texts are trimmed; empty = not given.
struct PersonDraft {
    std::string name;
    std::string employment;             ///< commissioner, pns, pppk, ppnpn
    std::string nip {};                 ///< of a PNS
    std::string pppk_number {};         ///< of a PPPK; commissioners and PPNPN have neither
    std::string email {};
    std::string phone {};
    friend bool operator==(PersonDraft const&, PersonDraft const&) = default;
};

/// The draft in its stored form: blanks out of the numbers, names with single blanks.
PersonDraft tidy(PersonDraft);

/// Whether it is a NIP: 18 digits; birth date, year and month of appointment, sex (1, 2), sequence number.
/// Source: Peraturan Kepala BKN 22/2007 pasal 4.
bool is_nip(std::string_view);

/// The number of a PPPK has the same form, with the count of his contracts from 21 on where a NIP has the month.
bool is_pppk_number(std::string_view);

/// All that is wrong with a tidy draft, by field; empty = nothing.
std::vector<FieldFault> faults_of(PersonDraft const&);

struct Person {
    PersonId id {};
    UnitId unit {};
    PersonDraft facts;
    std::optional<time::Date> left_on {};
    std::int64_t version = 1;
};

/// The columns of a person "p", as read_person takes them from the beginning of a row.
#define KPUHUB_PERSON_COLUMNS "p.id, p.unit_id, p.name, p.employment, p.nip, p.pppk_number, p.email, p.phone, p.left_on, p.version"
inline constexpr std::size_t person_columns = 10;
Person read_person(storage::Row const&);

/// Errors: NotFound; readable for whom holds people.read in his home office.
Result<Person> person_by_id(storage::Reader&, PersonId);

/// Actions on people need people.manage in the home office; the program itself (no actor) may always.
/// Errors: NotFound, Forbidden, Invalid with fields, Conflict when the version shown is an old one or the NIP stands already.
Result<PersonId> add_person(storage::Transaction&, journal::Act const&, UnitId, PersonDraft const&);
Result<void> change_person(storage::Transaction&, journal::Act const&, PersonId, std::int64_t shown_version, PersonDraft const&);

/// He works elsewhere from the day after: his appointments in the office end with that day.
Result<void> leave(storage::Transaction&, journal::Act const&, PersonId, std::int64_t shown_version, time::Date last_day);

/// Refuses who neither is the program nor holds the permission in the unit: NotFound when he may not even read the list of
/// its people, Forbidden otherwise.
Result<void> require_people(storage::Reader&, journal::Act const&, UnitId, std::string_view permission);

}
