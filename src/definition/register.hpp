#pragma once
#include "core/result.hpp"
#include "definition/node.hpp"
#include "text/language.hpp"
#include "time/deadline.hpp"
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::definition {

/// A text in both languages of the pages.
struct Words {
    std::string id, en;
    [[nodiscard]] std::string const& in(text::Language language) const { return language == text::Language::English ? en : id; }
    friend bool operator==(Words const&, Words const&) = default;
};

/// The closed list of what a field of a register may be (docs/definitions.md).
enum class FieldKind : std::uint8_t {
    Text, LongText, Integer, Decimal, Money, Date, Instant, Period, YesNo, Choice, ManyChoice, Person, Unit, Document, Reference, Sealed, Children
};
std::string_view to_text(FieldKind);

/// One value of a choice. A retired one is shown where it stands and offered no more.
struct FieldOption {
    std::string value;
    Words label;
    bool retired = false;
    std::string inverse {};                         ///< in a list of links: what the other end of such a link says
};

/// The field is asked and shown only while another one has one of these values.
struct Condition {
    std::string field;
    std::vector<std::string> equals;
};

/// The field is worked out from two choice fields by a table of the register (a risk matrix): never typed.
struct Lookup {
    std::string table;
    std::vector<std::string> by;                    ///< two choices: the row and the column of the table, by the order of their options
};

/// A child list whose rows are links to other records of the same register: of which kind, and to which.
/// Shown at both ends; the other end says the option's inverse.
struct Links {
    std::string by;                                 ///< the choice that says the kind; each of its options has an inverse
    std::string to;                                 ///< the reference
    std::string outside {};                         ///< a text instead of the reference: what is no record here; may be empty
};

struct Field {
    std::string id;
    FieldKind kind = FieldKind::Text;
    int line = 0;                                   ///< in the file, for faults
    Words label;
    Words hint;                                     ///< empty: none
    bool required = false;
    bool retired = false;                           ///< shown where filled, asked no more
    bool personal = false;                          ///< its values are personal data even in a register that is not
    bool on_form = true;                            ///< asked when a record is made; otherwise by steps only
    int decimals = 2;                               ///< of a decimal, stored as a scaled integer
    std::optional<std::int64_t> least {}, most {};  ///< of integer and money
    std::vector<std::string> seen_by;               ///< roles, "creator"; empty: whoever reads the record
    std::optional<Condition> when {};
    std::vector<FieldOption> options;
    std::string refers_to;                          ///< of a reference: id of the register
    std::string sealed_to;                          ///< of a sealed field: public key (X25519) in hexadecimal
    bool reaches_above = false;                     ///< of a reference: also to public records of the offices above
    std::optional<Lookup> lookup {};                ///< of an integer (the cell of the table) or a choice (its band)
    std::vector<Field> children;                    ///< of a child list: fields of one row
    std::optional<Links> links {};                  ///< of a child list
    std::string once_by {};                         ///< of a child list: one row for each value of this field
    [[nodiscard]] FieldOption const* option(std::string_view value) const;
};

struct State {
    std::string id;
    Words label;
    bool closed = false;
    std::vector<std::string> edit_by;               ///< roles, "creator": who may correct the record in this state
    Words explains {};                              ///< what it means and what comes next, for who sent the record in; empty: nothing
};

enum class Reason : std::uint8_t { None, Optional, Required };

enum class SeriesSpan : std::uint8_t { Ever, Year, Month };

/// "GR-{unit}-{year}-{no:3}" makes GR-1571-2026-004. Each office counts for itself.
struct Numbering {
    std::string pattern;                            ///< empty: records have no number
    SeriesSpan per = SeriesSpan::Year;
};

struct Step {
    std::string id;
    Words label;                                    ///< of the button: "Tetapkan"
    std::vector<std::string> from;
    std::string to;
    std::vector<std::string> by;                    ///< roles, "creator", "sender"
    std::vector<std::string> not_by;                ///< "creator" or earlier steps: not the same person
    std::vector<std::string> needs;                 ///< fields that must be filled ("requires")
    std::vector<std::string> asks;                  ///< further fields on the form of the step
    Reason reason = Reason::None;
    bool retired = false;
    int line = 0;
    std::vector<std::string> before {};             ///< clocks: none of these may have passed
    std::vector<std::string> after {};              ///< clocks: one of these must have passed
    bool tells = false;                             ///< the reason is told to who sent the record in
    std::string numbers {};                         ///< text field that gets the next number of a series of its own
    Numbering series {};
};

/// A rule of definitions/clocks: family and name.
struct RuleName {
    std::string family, rule;
};

/// Who has to keep a limit. Only the office is ever late; limits of others are shown and end what they may do.
enum class Owes : std::uint8_t { Office, Sender, Others };
std::string_view to_text(Owes);                     ///< "office" ...

/// A time limit of a record, run by flow::Clocks (record/record_clocks). It starts by a date or instant field, by the making of the
/// record ("created"), by entering a state ("state:assessed") or by a step ("step:object"), stands still in some states and stops in
/// others. How long it is says a rule of definitions/clocks in force on the day of its start, or the register itself.
struct RegisterClock {
    std::string id;
    Words label;
    std::vector<std::string> starts;
    std::optional<time::DeadlineRule> own {};       ///< "within", "on": published with the register
    std::string rule_by;                            ///< choice field that says which rule; empty: rules[""]
    std::map<std::string, RuleName> rules {};       ///< by value; a value that is missing has no limit
    std::string continues;                          ///< earlier clock whose start and pauses it takes over (an extension)
    std::vector<std::string> stops_on;
    std::vector<std::string> pauses_in;
    std::vector<std::string> reopens_in;            ///< states in which a stopped one goes on
    Owes owed_by = Owes::Office;
    bool shown = false;                             ///< "public": who sent the record in sees it too
    std::string source;
    int line = 0;
};

enum class DataClass : std::uint8_t { Public, Internal, Personal, Specific };
std::string_view to_text(DataClass);

/// Who may what with all records of an office; roles of definitions/access/roles.yaml, and "creator" for one's own.
struct AccessRule {
    std::vector<std::string> read, create;
    std::vector<std::string> read_below;            ///< roles whose reading flows down to lower offices
    std::string owner {};                           ///< a person field: who stands there counts as creator too
    std::string superior_of {};                     ///< a person field: whose superior "superior" is; empty: the maker's
};

/// States that the public page counts together: "diproses".
struct StateGroup {
    std::string id;
    Words label;
    std::vector<std::string> states;
};

/// How people without an account send records in: a page of each office that uses the register.
struct Intake {
    std::string path;                               ///< /public/units/{unit}/<path>
    Words title, lead, button;
    std::vector<std::string> fields;                ///< asked there, in this order
    std::map<std::string, std::string> sets;        ///< fields that the program fills: value, "now" or "today"
    std::vector<std::string> shows;                 ///< fields that who sent it in may read again
    std::vector<std::string> releases;              ///< documents that he may fetch
    std::string contact;                            ///< text field with an e-mail address, for notices; empty: none
    int per_network_and_hour = 20;                  ///< more from one address block wait
    int per_office_and_hour = 120;
};

struct PublicRule {
    bool counts = false;
    int small_cells_below = 5;
    std::vector<std::string> by;                    ///< choice fields that are counted too
    std::vector<std::string> records {};            ///< states in which a record is itself public; only in a public register
    std::vector<std::string> fields {};             ///< what of it is shown then
    std::vector<StateGroup> groups {};
    std::vector<std::string> passed_through {};     ///< states: how many records ever came there
    std::vector<std::string> timed_by {};           ///< clocks of whose start the time until an answer is told: median, mean, share in time
    std::vector<std::string> answered_in {};        ///< the states that are an answer
    std::optional<Intake> intake {};
};

/// A span of the values of a table under one name: an option of the choice that looks it up.
struct Band {
    std::string option;
    std::int64_t up_to = 0;                         ///< its highest value; the next band begins above it
    int look = 1;                                   ///< 1 to 5: step of the colour scale, from light to heavy
};

/// A table of two choices: values[row][column], and the bands that the values fall into.
struct Table {
    std::string id, source;
    std::vector<std::vector<std::int64_t>> values;
    std::vector<Band> bands;
    [[nodiscard]] Band const* band(std::int64_t value) const;
};

/// A page of one month over the records in some states: each is asked the same once a month in one of its child lists.
struct MonthCard {
    std::string list, period, result;               ///< the child list; its period field; its choice that says how it went
    std::vector<std::string> states;                ///< records in these states are asked
};

struct Retention {
    int years = 0;
    bool after_closing = true;                      ///< otherwise after it was made
};

/// A register as its YAML says: what record/ makes table, form, list and pages from.
struct Register {
    std::string id;
    int version = 0;
    std::string valid_from, source;
    Words title, lead;
    DataClass data_class = DataClass::Internal;
    Words purpose;
    std::string legal_basis;
    Retention retention;
    std::vector<std::string> systems;               ///< rows of the list of 180 systems
    std::vector<std::string> phrases;               ///< how decrees word the rows that it proves
    bool retired = false;
    std::vector<Field> fields;
    AccessRule access;
    std::string start;
    std::vector<State> states;
    std::vector<Step> steps;
    std::vector<RegisterClock> clocks;
    std::string received;                           ///< date or instant field: a case keeps the rule sets in force on that day; empty: the day it was made
    Numbering numbering;
    std::vector<std::string> columns;               ///< of the list
    PublicRule counts;
    std::string name;                               ///< text field that people call a record by; empty: its number
    std::vector<Table> tables;
    std::optional<MonthCard> card {};

    [[nodiscard]] Field const* field(std::string_view id) const;
    [[nodiscard]] State const* state(std::string_view id) const;
    [[nodiscard]] Step const* step(std::string_view id) const;
    [[nodiscard]] Table const* table_named(std::string_view id) const;
    /// The child list of links; null when it has none.
    [[nodiscard]] Field const* link_list() const;
    /// Whether superiors read its records or do steps of it.
    [[nodiscard]] bool knows_superior() const;
    [[nodiscard]] RegisterClock const* clock(std::string_view id) const;
    /// Whether there is a clock by which the office may be late.
    [[nodiscard]] bool may_be_late() const;
    /// The values are personal data: kept beside the journal, never in it.
    [[nodiscard]] bool personal(Field const&) const;
    [[nodiscard]] std::string table() const { return "r_" + id; }
};

/// Names that a definition may point at but that stand elsewhere.
struct KnownNames {
    std::set<std::string, std::less<>> roles;
    std::set<std::string, std::less<>> registers;   ///< published ones, for references
    std::set<std::string, std::less<>> rules {};    ///< "ppid_general.notice"; empty: rules are not checked (a text that is published already)
};
/// The roles of definitions/access/roles.yaml.
std::set<std::string, std::less<>> known_roles();

/// Reads and checks one register. Errors: Invalid with file and line of each wrong place: an unknown name, a state that no
/// step reaches, a clock that nothing stops, a step that requires a missing field, more than 60 fields, a name that is no
/// identifier or an SQL keyword, a missing class, purpose, legal basis or retention.
Result<Register> load_register(std::string_view file, std::string_view text, KnownNames const&);

/// Whether a name may be a register, field, state or step: [a-z][a-z0-9_]{0,40}, no double underscore, no SQL keyword.
bool is_name(std::string_view);

constexpr std::string_view creator = "creator";
/// Whoever holds, on the day, the post above a post of the person that the record is about.
constexpr std::string_view superior = "superior";
constexpr std::string_view sender = "sender";       ///< who sent the record in without an account and holds its tracking code
constexpr std::string_view draft_state = "draft";   ///< reserved: seen by its maker only
constexpr std::size_t most_fields = 60;

}
