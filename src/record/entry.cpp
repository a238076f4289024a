#include "record/entry.hpp"
#include "outbox/mail.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

namespace {

/// Reads typed values one after the other and collects what is wrong.
class EntryReader {
public:
    EntryReader(storage::Reader& reader, Place const& place, std::string prefix) : m_reader(reader), m_place(place), m_prefix(std::move(prefix)) {}

    void read(Field const& field, std::vector<std::string> const& typed, Content& content, Names& names)
    {
        if (field.kind == FieldKind::ManyChoice)
            return many(field, typed, content);
        auto const text = typed.empty() ? std::string {} : typed.front();
        content.values.erase(field.id);
        names.erase(field.id);
        if (text.empty())
            return;
        if (has_name(field)) {
            auto found = look_up(m_reader, m_place, field, text);
            if (!found)
                return wrong(field, "record.wrong.not_found");
            content.values[field.id] = found->id;
            names[field.id] = found->name;
            return;
        }
        auto value = value_of(field, text, m_place.unit.zone);
        if (!value)
            return wrong(field, value.error());
        auto const* option = field.kind == FieldKind::Choice ? field.option(std::get<std::string>(*value)) : nullptr;
        if (option && option->retired)
            return wrong(field, "record.wrong.retired");
        auto const& door = m_place.made->counts.intake;
        if (door && door->contact == field.id && !outbox::is_mail_address(std::get<std::string>(*value)))
            return wrong(field, "record.wrong.email");
        content.values[field.id] = std::move(*value);
    }

    /// The first fault of a field is told, not what follows from it.
    void wrong(Field const& field, std::string key)
    {
        auto name = m_prefix + field.id;
        if (std::ranges::find(m_faults, name, &FieldFault::field) == m_faults.end())
            m_faults.push_back({ std::move(name), std::move(key), field.label.id });
    }

    Result<void> result()
    {
        if (m_faults.empty())
            return {};
        return invalid("record.wrong", std::move(m_faults));
    }

private:
    void many(Field const& field, std::vector<std::string> const& typed, Content& content)
    {
        auto& chosen = content.choices[field.id];
        chosen.clear();
        for (auto const& value : typed) {
            if (value.empty())
                continue;
            if (!field.option(value))
                return wrong(field, "record.wrong.choice");
            if (std::ranges::find(chosen, value) == chosen.end())
                chosen.push_back(value);
        }
    }

    storage::Reader& m_reader;
    Place const& m_place;
    std::string m_prefix;
    std::vector<FieldFault> m_faults;
};

void drop_what_does_not_apply(definition::Register const& made, Record& record)
{
    for (auto const& field : made.fields) {
        if (!field.when || applies(made, field, record.content))
            continue;
        record.content.values.erase(field.id);
        record.content.choices.erase(field.id);
        record.names.erase(field.id);
    }
}

}

/// Sealed values are not shown again: nothing typed keeps what is there. A moment is shown to the minute: the same minute keeps its seconds.
static bool stays(Field const& field, std::vector<std::string> const& typed, storage::Value const& there, time::Zone zone)
{
    auto const& first = typed.empty() ? std::string {} : typed.front();
    return field.kind == FieldKind::Sealed ? first.empty() : field.kind == FieldKind::Instant && !first.empty() && first == code_of(field, there, zone);
}

Result<void> read_entry(storage::Reader& reader, Place const& place, Typed const& typed, Completeness completeness,
    std::vector<NewFile> const& files, Record& record)
{
    EntryReader entry { reader, place, "f." };
    auto const& made = *place.made;
    for (auto const& field : made.fields) {
        auto found = typed.find(field.id);
        bool kept = found != typed.end() && stays(field, found->second, record.content.value(field.id), place.unit.zone);
        if (found != typed.end() && !kept && !field.lookup && field.kind != FieldKind::Document && field.kind != FieldKind::Children)
            entry.read(field, found->second, record.content, record.names);
    }
    drop_what_does_not_apply(made, record);
    fill_lookups(made, made.fields, record.content);
    if (completeness == Completeness::Complete)
        for (auto const& field : made.fields) {
            bool file = field.kind == FieldKind::Document && std::ranges::any_of(files, [&](auto const& each) { return each.file.field == field.id; });
            if (field.required && !field.retired && field.on_form && field.kind != FieldKind::Children && applies(made, field, record.content)
                && !record.content.filled(field) && !file)
                entry.wrong(field, "record.wrong.missing");
        }
    return entry.result();
}

Result<Content> read_child(storage::Reader& reader, Place const& place, Field const& list, Typed const& typed)
{
    EntryReader entry { reader, place, "c." };
    Content content;
    Names names;
    for (auto const& field : list.children) {
        if (auto found = typed.find(field.id); found != typed.end() && !field.lookup)
            entry.read(field, found->second, content, names);
        if (field.required && !field.retired && !content.filled(field))
            entry.wrong(field, "record.wrong.missing");
    }
    TRY_VOID(entry.result());
    if (content.values.empty())
        return invalid("record.wrong", { { "c." + list.children.front().id, "record.wrong.empty_row" } });
    fill_lookups(*place.made, list.children, content);
    return content;
}

}
