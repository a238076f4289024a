#include "record/record.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::record {

using definition::FieldKind;

static storage::Value const empty_value {};

bool Content::filled(definition::Field const& field) const
{
    if (field.kind == FieldKind::ManyChoice) {
        auto found = choices.find(field.id);
        return found != choices.end() && !found->second.empty();
    }
    return !std::holds_alternative<std::monostate>(value(field.id));
}

storage::Value const& Content::value(std::string const& field) const
{
    auto found = values.find(field);
    return found == values.end() ? empty_value : found->second;
}

std::string const& Record::name(std::string const& field) const
{
    static std::string const no_name;
    auto const found = names.find(field);
    return found == names.end() ? no_name : found->second;
}

bool applies(definition::Register const& made, definition::Field const& field, Content const& content)
{
    if (!field.when)
        return true;
    auto const* other = made.field(field.when->field);
    if (!other)
        return true;
    auto is_wanted = [&](std::string const& value) { return std::ranges::find(field.when->equals, value) != field.when->equals.end(); };
    if (other->kind == FieldKind::ManyChoice) {
        auto found = content.choices.find(other->id);
        return found != content.choices.end() && std::ranges::any_of(found->second, is_wanted);
    }
    auto const& value = content.value(other->id);
    if (auto const* number = std::get_if<std::int64_t>(&value))
        return is_wanted(*number != 0 ? "yes" : "no");
    auto const* text = std::get_if<std::string>(&value);
    return text && is_wanted(*text);
}

void fill_lookups(definition::Register const& made, std::vector<definition::Field> const& fields, Content& content)
{
    auto place_of_option = [&](std::string const& id) -> std::optional<std::size_t> {
        auto field = std::ranges::find(fields, id, &definition::Field::id);
        auto const* chosen = std::get_if<std::string>(&content.value(id));
        if (field == fields.end() || !chosen)
            return std::nullopt;
        auto option = std::ranges::find(field->options, *chosen, &definition::FieldOption::value);
        return option == field->options.end() ? std::nullopt : std::optional { static_cast<std::size_t>(option - field->options.begin()) };
    };
    for (auto const& field : fields) {
        if (!field.lookup)
            continue;
        content.values.erase(field.id);
        auto const* table = made.table_named(field.lookup->table);
        auto row = place_of_option(field.lookup->by.at(0)), column = place_of_option(field.lookup->by.at(1));
        if (!table || !row || !column)
            continue;
        auto value = table->values.at(*row).at(*column);
        if (field.kind == FieldKind::Integer)
            content.values[field.id] = value;
        else if (auto const* band = table->band(value))
            content.values[field.id] = band->option;
    }
}

bool is_own(definition::Register const& made, Record const& record, PersonId person)
{
    if (record.created_by == person)
        return true;
    auto const* owner = made.access.owner.empty() ? nullptr : std::get_if<std::int64_t>(&record.content.value(made.access.owner));
    return owner && *owner == person.value && !record.is_draft();
}

std::string called(definition::Register const& made, Record const& record)
{
    auto const* name = made.name.empty() ? nullptr : std::get_if<std::string>(&record.content.value(made.name));
    return name ? *name : record.number;
}

std::string permission_name(std::string_view register_id, std::string_view what, std::string_view which)
{
    auto name = fmt::format("record.{}.{}", register_id, what);
    return which.empty() ? name : name + "." + std::string { which };
}

static constexpr std::string_view roman[] = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII" };

std::string number_text(definition::Numbering const& numbering, std::string_view unit_code, time::Date today, std::int64_t number)
{
    std::string made;
    auto const& pattern = numbering.pattern;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        auto end = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            made += pattern[at];
            continue;
        }
        auto word = std::string_view { pattern }.substr(at + 1, end - at - 1);
        if (word == "unit")
            made += unit_code;
        else if (word == "year")
            made += std::to_string(today.year());
        else if (word == "month")
            made += fmt::format("{:02}", today.month());
        else if (word == "month_roman")
            made += roman[today.month() - 1];
        else
            made += fmt::format("{:0{}}", number, word.size() > 3 ? word[3] - '0' : 1);
        at = end;
    }
    return made;
}

std::string series_span(definition::Numbering const& numbering, time::Date today)
{
    switch (numbering.per) {
    case definition::SeriesSpan::Ever: return {};
    case definition::SeriesSpan::Month: return today.iso().substr(0, 7);
    default: return today.iso().substr(0, 4);
    }
}

std::string search_words(definition::Register const& made, Record const& record)
{
    constexpr std::size_t longest = 8000;
    auto words = record.number;
    for (auto const& field : made.fields) {
        if (!field.seen_by.empty() || field.kind == FieldKind::Sealed || field.kind == FieldKind::Period)
            continue;
        if (auto const* text = std::get_if<std::string>(&record.content.value(field.id))) {
            auto const* option = field.kind == FieldKind::Choice ? field.option(*text) : nullptr;
            words += " " + (option ? option->label.id : *text);
        }
        if (auto const& name = record.name(field.id); !name.empty())
            words += " " + name;
    }
    auto normal = text::normal(words);
    normal.resize(std::min(normal.size(), longest));
    while (!normal.empty() && (static_cast<unsigned char>(normal.back()) & 0x80U))
        normal.pop_back();
    return normal;
}

}
