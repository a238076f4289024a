#pragma once
#include "http/request.hpp"
#include "record/entry.hpp"
#include "view/parts.hpp"

namespace kpuhub::record {

struct InputOption {
    std::string value, label;
    bool selected = false;
    bool opens = false;                     ///< choosing it shows the fields that depend on it
    void describe(view::Visitor&) const;
};

/// One input of a form: {{> record/input}}.
struct Input {
    std::string name;                       ///< "f.value"
    std::string id;                         ///< in the page; the name unless that stands there more than once
    std::string label, hint, value;
    std::string type = "text";              ///< text, date, datetime-local
    std::string mode = "text";              ///< inputmode of a phone's keyboard
    std::string unit;                       ///< before the input: "Rp"
    std::int64_t longest = 500;
    bool line = false, area = false, select = false, radios = false, ticks = false, file = false;
    bool may_be_empty = false;
    bool dependent = false;
    std::vector<InputOption> options;
    std::optional<view::Sentence> when {};  ///< "Diisi bila Bentuk: Barang"
    std::optional<view::Sentence> error {};
    std::optional<view::Sentence> saved {}; ///< on a conflict: what stands now
    void describe(view::Visitor&) const;
};

/// A field and those that are asked only while it has some value.
struct InputGroup {
    Input input;
    std::vector<Input> dependents;
    void describe(view::Visitor&) const;
};

/// What inputs are made of.
struct InputSource {
    Place const& place;
    text::Language language = text::Language::Indonesian;
    std::vector<NamedId> people {}, units {};         ///< to choose from, when a field asks for them
    Typed const* typed = nullptr;               ///< what came back with faults
    Record const* record = nullptr;             ///< what stands now
    std::optional<view::FieldErrors> errors {};
    bool conflict = false;                      ///< show what stands beside what was typed
};

std::vector<InputGroup> inputs_for(InputSource const&, std::vector<definition::Field const*> const& fields);
/// What is wrong, in the order in which a person meets it in the form; what belongs to none of these inputs comes last.
void put_in_form_order(std::optional<view::FieldErrors>&, std::vector<InputGroup> const&);
/// Inputs of a row of a child list: "c.<field>".
std::vector<InputGroup> child_inputs(InputSource const&, definition::Field const& list);

/// Reads the lists to choose from that these fields need: at most one statement each.
void read_choices(storage::Reader&, Place const&, std::vector<definition::Field const*> const&, InputSource&);

/// What was typed under a prefix: "f." or "c.". On our own pages (form=1) a field to tick
/// that was not sent is empty.
Typed typed_under(http::Fields const&, std::string_view prefix, std::vector<definition::Field const*> const& asked);

}
