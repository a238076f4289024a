#include "record/input.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

void InputOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("selected", selected);
    v.field("opens", opens);
}

void Input::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("input_id", id);
    v.field("label", label);
    v.field("hint", hint);
    v.field("value", value);
    v.field("type", type);
    v.field("mode", mode);
    v.field("money", unit);
    v.field("longest", longest);
    v.field("line", line);
    v.field("area", area);
    v.field("select", select);
    v.field("radios", radios);
    v.field("ticks", ticks);
    v.field("file", file);
    v.field("may_be_empty", may_be_empty);
    v.field("dependent", dependent);
    v.list("options", options);
    v.field("when", when);
    v.field("error", error);
    v.field("saved", saved);
}

void InputGroup::describe(view::Visitor& v) const
{
    v.field("input", input);
    v.list("dependents", dependents);
}

namespace {

constexpr std::size_t most_radios = 5;

/// Makes the input of one field.
class InputMaker {
public:
    InputMaker(InputSource const& source, std::string prefix) : m_source(source), m_prefix(std::move(prefix)) {}

    Input make(Field const& field, std::vector<std::string> const& opening) const
    {
        Input input;
        input.name = input.id = m_prefix + field.id;
        input.label = field.label.in(m_source.language);
        input.hint = field.hint.in(m_source.language);
        input.may_be_empty = !field.required;
        auto values = values_of(field);
        input.value = values.empty() ? std::string {} : values.front();
        input.error = view::error_of(m_source.errors, input.name);
        if (m_source.conflict && m_source.record)
            input.saved = words_of(field, m_source.record->content.value(field.id), m_source.place.unit.zone, m_source.language, name_of(field));
        shape(field, values, opening, input);
        return input;
    }

private:
    std::vector<std::string> values_of(Field const& field) const
    {
        if (m_source.typed) {
            auto found = m_source.typed->find(field.id);
            return found == m_source.typed->end() ? std::vector<std::string> {} : found->second;
        }
        if (!m_source.record || field.kind == FieldKind::Sealed)
            return {};
        if (field.kind == FieldKind::ManyChoice) {
            auto found = m_source.record->content.choices.find(field.id);
            return found == m_source.record->content.choices.end() ? std::vector<std::string> {} : found->second;
        }
        if (field.kind == FieldKind::Reference)
            return { name_of(field) };
        return { code_of(field, m_source.record->content.value(field.id), m_source.place.unit.zone) };
    }

    std::string name_of(Field const& field) const
    {
        return m_source.record ? m_source.record->name(field.id) : std::string {};
    }

    void shape(Field const& field, std::vector<std::string> const& values, std::vector<std::string> const& opening, Input& input) const
    {
        auto chosen = [&](std::string const& value) { return std::ranges::find(values, value) != values.end(); };
        auto opens = [&](std::string const& value) { return std::ranges::find(opening, value) != opening.end(); };
        switch (field.kind) {
        case FieldKind::LongText:
        case FieldKind::Sealed: input.area = true; return;
        case FieldKind::Document: input.file = true; return;
        case FieldKind::YesNo:
            input.radios = true;
            for (auto const& [value, words] : { std::pair { "yes", definition::Words { "Ya", "Yes" } }, { "no", definition::Words { "Tidak", "No" } } })
                input.options.push_back({ value, words.in(m_source.language), chosen(value), opens(value) });
            return;
        case FieldKind::Choice:
        case FieldKind::ManyChoice:
            for (auto const& option : field.options)
                if (!option.retired || chosen(option.value))
                    input.options.push_back({ option.value, option.label.in(m_source.language), chosen(option.value), opens(option.value) });
            input.ticks = field.kind == FieldKind::ManyChoice;
            input.radios = !input.ticks && input.options.size() <= most_radios;
            input.select = !input.ticks && !input.radios;
            return;
        case FieldKind::Person: return choose_from(m_source.people, input);
        case FieldKind::Unit: return choose_from(m_source.units, input);
        default: line(field, input);
        }
    }

    void choose_from(std::vector<NamedId> const& list, Input& input) const
    {
        input.select = true;
        for (auto const& each : list)
            input.options.push_back({ std::to_string(each.id), each.name, std::to_string(each.id) == input.value, false });
    }

    static void line(Field const& field, Input& input)
    {
        input.line = true;
        if (field.kind == FieldKind::Date)
            input.type = "date";
        if (field.kind == FieldKind::Instant)
            input.type = "datetime-local";
        if (field.kind == FieldKind::Money)
            input.unit = "Rp";
        if (field.kind == FieldKind::Money || field.kind == FieldKind::Integer)
            input.mode = "numeric";
        if (field.kind == FieldKind::Decimal)
            input.mode = "decimal";
    }

    InputSource const& m_source;
    std::string m_prefix;
};

/// "Diisi bila Bentuk: Barang, Uang"
view::Sentence when_words(definition::Register const& made, Field const& field, text::Language language)
{
    auto const* other = made.field(field.when->field);
    std::string values;
    for (auto const& value : field.when->equals) {
        auto const* option = other->option(value);
        definition::Words yes_no { value == "yes" ? "Ya" : "Tidak", value == "yes" ? "Yes" : "No" };
        values += (values.empty() ? "" : ", ") + (option ? option->label : yes_no).in(language);
    }
    return { "record.form.when", { other->label.in(language), values } };
}

}

std::vector<InputGroup> inputs_for(InputSource const& source, std::vector<Field const*> const& fields)
{
    InputMaker maker { source, "f." };
    auto const& made = *source.place.made;
    auto asked = [&](std::string const& id) { return std::ranges::any_of(fields, [&](auto const* field) { return field->id == id; }); };
    std::vector<InputGroup> groups;
    for (auto const* field : fields) {
        if (field->when && asked(field->when->field))
            continue;
        InputGroup group;
        std::vector<std::string> opening;
        for (auto const* other : fields) {
            if (!other->when || other->when->field != field->id)
                continue;
            opening.insert(opening.end(), other->when->equals.begin(), other->when->equals.end());
            group.dependents.push_back(maker.make(*other, {}));
            group.dependents.back().when = when_words(made, *other, source.language);
            group.dependents.back().dependent = true;
        }
        group.input = maker.make(*field, opening);
        groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<InputGroup> child_inputs(InputSource const& source, Field const& list)
{
    InputMaker maker { source, "c." };
    std::vector<InputGroup> groups;
    for (auto const& field : list.children)
        if (!field.retired && !field.lookup)
            groups.push_back({ maker.make(field, {}), {} });
    return groups;
}

void read_choices(storage::Reader& reader, Place const& place, std::vector<Field const*> const& fields, InputSource& source)
{
    auto asks = [&](FieldKind kind) {
        return std::ranges::any_of(fields, [&](auto const* field) {
            return field->kind == kind || std::ranges::any_of(field->children, [&](auto const& child) { return child.kind == kind; });
        });
    };
    if (asks(FieldKind::Person))
        source.people = people_to_choose(reader, place.unit.id);
    if (asks(FieldKind::Unit))
        source.units = units_to_choose(reader, place.asker.today);
}

Typed typed_under(http::Fields const& form, std::string_view prefix, std::vector<Field const*> const& asked)
{
    Typed typed;
    bool page = form.text("form") == "1";       // a JSON body names only what it changes
    for (auto const* field : asked) {
        auto values = form.all(std::string { prefix } + field->id);
        bool tick = field->kind == FieldKind::ManyChoice || field->kind == FieldKind::YesNo || field->kind == FieldKind::Choice;
        if (values.empty() && (!tick || !page))
            continue;
        for (auto& value : values)
            while (!value.empty() && (value.back() == ' ' || value.back() == '\n' || value.back() == '\r'))
                value.pop_back();
        typed[field->id] = std::move(values);
    }
    return typed;
}

void put_in_form_order(std::optional<view::FieldErrors>& errors, std::vector<InputGroup> const& groups)
{
    if (!errors)
        return;
    std::vector<std::string> names;
    for (auto const& group : groups) {
        names.push_back(group.input.name);
        for (auto const& each : group.dependents)
            names.push_back(each.name);
    }
    std::ranges::stable_sort(errors->items, {}, [&](auto const& item) { return std::ranges::find(names, item.field) - names.begin(); });
}

}
