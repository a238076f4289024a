#pragma once
#include "account/form.hpp"
#include "time/date.hpp"

namespace kpuhub::account {

/// What hangs on a post or sub-division, as one line.
struct PlaceItem {
    view::Choice kind;
    std::string title;
    std::string detail;
    void describe(view::Visitor&) const;
};

struct PostRole {
    std::string title;
    time::Date from {}, to {};
    std::string given_by;
    std::optional<Action> end {};
    void describe(view::Visitor&) const;
};

struct PostHolder {
    std::string name;
    view::Link link;
    view::Choice capacity;
    void describe(view::Visitor&) const;
};

/// One post: who holds it, the roles that it carries, what belongs to it. web/templates/people/post.mustache
struct PostPage {
    std::string title;
    view::Choice kind;
    std::string subdivision, superior;
    std::vector<PostHolder> holders;
    std::vector<PostRole> roles;
    std::vector<PlaceItem> items;
    bool manage = false;
    view::Link edit, give, closing;
    void describe(view::Visitor&) const;
};

/// Closing a post or sub-division: what hangs on it, then the form. web/templates/people/closing.mustache
struct ClosingPlace {
    view::Sentence title, lead;
    std::vector<PlaceItem> items;
    bool held = false;                      ///< somebody holds the post: nothing to be done here yet
    std::vector<Field> fields;
    view::Link action, back;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

}
