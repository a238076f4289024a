#pragma once
#include "core/result.hpp"
#include "view/visitor.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::view {

/// The letter box of a state with its word beside it: {{> state}} shows the field `state` of the model.
/// `css` is the class of look and paper (T K A D V N), L with it when the thing is late; the letter is then "K!".
struct StateMark {
    std::string code;           ///< for machines: "submitted"
    std::string letter;
    std::string css;
    Sentence words;
    void describe(Visitor&) const;
};

/// The box with links to the wrong fields: {{> field_errors}} shows the field `errors`. Each id in the form is the field's name.
struct FieldErrors {
    struct Item {
        std::string field;
        Sentence words;
        void describe(Visitor&) const;
    };
    std::vector<Item> items;
    void describe(Visitor&) const;
};

/// Nothing when the fault names no fields.
[[nodiscard]] std::optional<FieldErrors> field_errors(Fault const&);
/// What is wrong with one field, to show above its input.
[[nodiscard]] std::optional<Sentence> error_of(std::optional<FieldErrors> const&, std::string_view field);

/// A share with its label: one <li> of `<ol class="k-bars">` by {{#areas}}{{> bar}}{{/areas}}.
struct Bar {
    Sentence label;
    Link link;                  ///< empty: no link
    Ratio share;
    std::int64_t late = 0;
    void describe(Visitor&) const;
};

/// The dashed sheet of {{> empty}}: what is not there, why, one next step. Shown inside {{#nothing}} ... {{/nothing}}.
struct EmptyState {
    Sentence head;
    std::optional<Sentence> body {};
    Link link {};               ///< empty: no step
    Sentence step {};
    void describe(Visitor&) const;
};

/// The page "fault" (403, 404, 409, 422, 500, 503): words for the person, never the detail.
struct FaultPage {
    int status = 500;
    Sentence head;
    Sentence body;
    std::optional<FieldErrors> wrong {};
    std::optional<Link> back {};
    std::string reference {};   ///< number in the log; empty when there is none
    void describe(Visitor&) const;
};

/// The head says the kind ("Halaman tidak ditemukan"), the body the message of the fault.
[[nodiscard]] FaultPage fault_page(Fault const&, int status);

/// The message of a fault as a sentence to show.
[[nodiscard]] Sentence sentence_of(Fault const&);

}
