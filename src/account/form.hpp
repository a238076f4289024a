#pragma once
#include "account/door.hpp"
#include "view/parts.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::account {

/// One line of a choice list.
struct Option {
    std::string value;
    view::Sentence label;
    bool selected = false;
    void describe(view::Visitor&) const;
};

/// One input with its label, hint and what is wrong with it: {{> people/field}}. With options it is a choice list.
struct Field {
    std::string name;
    view::Sentence label;
    std::string value {};
    std::string type = "text";                  ///< text, date, email, tel, password, file
    bool may_be_empty = false;
    std::optional<view::Sentence> hint {};
    std::vector<Option> options {};
    std::string autocomplete = "off";
    std::optional<view::Sentence> error {};
    void describe(view::Visitor&) const;
};

/// A page that is one form: {{people/form}}. What was typed stays when it comes back with faults.
struct FormPage {
    view::Sentence title;
    std::optional<view::Sentence> lead {};
    view::Link action;
    view::Sentence button;
    std::vector<Field> fields {};
    std::int64_t version = 0;
    bool upload = false;
    view::Link cancel {};
    view::Link extra {};                        ///< a file to download first, or empty
    view::Sentence extra_label {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};     ///< a fault that belongs to no field
    void describe(view::Visitor&) const;
};

/// A button that is a form of its own: {{#actions}}{{> people/action}}{{/actions}}.
struct Action {
    view::Link action;
    view::Sentence button;
    bool dangerous = false;
    std::int64_t version = 0;
    void describe(view::Visitor&) const;
};

/// The form as an answer: what was typed before is put back into it, except passwords.
http::Response form_page(Visit&, FormPage, std::string_view current);
/// The same after a fault that the person can mend (Invalid 422, Conflict 409); other faults go up.
Result<http::Response> form_page(Visit&, FormPage, std::string_view current, Fault const&);

/// What was typed before, put back into the fields of a form, except passwords.
void put_back(std::vector<Field>&, http::Request const&);

/// Marks the option of this value as chosen.
std::vector<Option> chosen(std::vector<Option>, std::string_view value);

/// A day as people write it: 2026-03-16, 16/3/2026, 16-3-2026. Errors: Invalid naming the field; nothing typed gives the fallback.
Result<time::Date> day_in(http::Request const&, std::string_view field, std::optional<time::Date> fallback = std::nullopt);

/// The number of an address or of a choice list; 0 when it is none.
std::int64_t number_of(std::string_view);
/// A number of the address, above 0. Errors: NotFound.
Result<std::int64_t> number_in(http::Request const&, std::string_view parameter);

}
