#pragma once
#include "record/input.hpp"
#include "record/page_parts.hpp"

namespace kpuhub::record {

/// What web/templates/record/form.mustache shows: the form of a record, or of one step of it.
struct FormPage {
    view::Sentence title;
    std::string lead;
    std::optional<view::Sentence> who_reads {};
    view::Link action, cancel, discard;
    std::vector<InputGroup> first, more;    ///< at most 8 fields, then "lengkapi"
    std::int64_t more_fields = 0;
    bool more_open = false;
    std::int64_t version = 0;
    bool upload = true;                     ///< also a field for attachments
    bool documents = false;                 ///< one of the fields is a file
    bool may_draft = false;
    view::Sentence button;
    bool asks_reason = false, reason_needed = false;
    std::string reason;
    std::string row;                        ///< of the plan, that the record is to prove: "7:12"
    std::optional<view::Sentence> reason_error {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    std::optional<view::Sentence> conflict {};
    void describe(view::Visitor&) const;
};

}
