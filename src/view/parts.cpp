#include "view/parts.hpp"
#include <algorithm>

namespace kpuhub::view {

void StateMark::describe(Visitor& v) const
{
    v.field("code", code);
    v.field("letter", letter);
    v.field("class", css);
    v.field("words", words);
}

void FieldErrors::Item::describe(Visitor& v) const
{
    v.field("field", field);
    v.field("words", words);
}

void FieldErrors::describe(Visitor& v) const { v.list("items", items); }

void Bar::describe(Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
    v.field("share", share);
    v.field("late", late);
}

void EmptyState::describe(Visitor& v) const
{
    v.field("head", head);
    v.field("body", body);
    v.field("link", link);
    v.field("step", step);
}

void FaultPage::describe(Visitor& v) const
{
    v.field("status", status);
    v.field("head", head);
    v.field("body", body);
    v.field("wrong", wrong);
    v.field("back", back);
    v.field("reference", reference);
}

static Sentence sentence(std::string const& key, std::string const& argument)
{
    return argument.empty() ? Sentence { key } : Sentence { key, { argument } };
}

std::optional<FieldErrors> field_errors(Fault const& fault)
{
    if (fault.fields.empty())
        return std::nullopt;
    FieldErrors errors;
    for (auto const& each : fault.fields)
        errors.items.push_back({ each.field, sentence(each.message_key, each.argument) });
    return errors;
}

std::optional<Sentence> error_of(std::optional<FieldErrors> const& errors, std::string_view field)
{
    if (!errors)
        return std::nullopt;
    auto const found = std::find_if(errors->items.begin(), errors->items.end(), [field](auto const& item) { return item.field == field; });
    return found == errors->items.end() ? std::nullopt : std::optional { found->words };
}

Sentence sentence_of(Fault const& fault) { return sentence(fault.message_key, fault.argument); }

static std::string_view head_of(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Invalid: return "fault.head.invalid";
    case FaultKind::Forbidden: return "fault.head.forbidden";
    case FaultKind::NotFound: return "fault.head.not_found";
    case FaultKind::Conflict: return "fault.head.conflict";
    case FaultKind::Unavailable: return "fault.head.unavailable";
    case FaultKind::Broken: break;
    }
    return "fault.head.broken";
}

FaultPage fault_page(Fault const& fault, int status)
{
    return { .status = status, .head = { std::string { head_of(fault.kind) } }, .body = sentence_of(fault), .wrong = field_errors(fault) };
}

}
