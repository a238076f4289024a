#include "command/provable_listener.hpp"
#include "definition/offer.hpp"
#include "organization/unit.hpp"
#include "plan/proposal.hpp"
#include "record/value.hpp"
#include <algorithm>

namespace kpuhub::command {

using definition::Field;
using definition::FieldKind;
using record::Record;

namespace {

/// In a closed state that says that something was done, or in a register without steps.
bool done(definition::Register const& made, Record const* record)
{
    if (!record || made.data_class == definition::DataClass::Specific)
        return false;
    auto const* state = made.state(record->state);
    return made.steps.empty() || (state && state->closed && definition::wordings().proves(state->id));
}

/// The first day that the record tells of: a required date, any date, an instant; otherwise the day on which it was made.
time::Date day_of(storage::Reader& reader, definition::Register const& made, Record const& record)
{
    auto const zone = organization::unit_by_id(reader, record.unit, time::date_at(record.created_at, time::Zone::Wib))
        .transform([](auto const& unit) { return unit.zone; }).value_or(time::Zone::Wib);
    auto first = [&](auto const& wanted) -> std::optional<time::Date> {
        constexpr std::size_t day_letters = 10;
        for (auto const& field : made.fields)
            if (wanted(field) && record.content.filled(field))
                return time::Date::from_iso(record::code_of(field, record.content.value(field.id), zone).substr(0, day_letters));
        return std::nullopt;
    };
    if (auto day = first([](Field const& field) { return field.kind == FieldKind::Date && field.required; }))
        return *day;
    if (auto day = first([](Field const& field) { return field.kind == FieldKind::Date || field.kind == FieldKind::Instant; }))
        return *day;
    return time::date_at(record.created_at, zone);
}

bool holds_one(Record const& record, definition::Register const& made, definition::ProvingRecords const& where)
{
    if (where.field.empty())
        return true;
    auto const* field = made.field(where.field);
    if (!field)
        return false;
    auto wanted = [&](std::string const& value) { return std::ranges::find(where.values, value) != where.values.end(); };
    if (auto ticked = record.content.choices.find(field->id); ticked != record.content.choices.end())
        return std::ranges::any_of(ticked->second, wanted);
    return record.content.filled(*field) && wanted(record::code_of(*field, record.content.value(field->id), time::Zone::Wib));
}

/// Whether the record is of those that prove the target: of several systems the first that its register serves, and those whose
/// condition it meets.
bool proves(Record const& record, definition::Register const& made, definition::BindingTarget const& target)
{
    auto const* system = target.kind == definition::TargetKind::System ? definition::system_named(target.id) : nullptr;
    if (!system)
        return true;
    auto of_register = [&](auto const& where) { return where.register_id == made.id; };
    if (std::ranges::any_of(system->where, of_register))
        return std::ranges::any_of(system->where, [&](auto const& where) { return of_register(where) && holds_one(record, made, where); });
    return !made.systems.empty() && made.systems.front() == system->no;
}

}

Result<void> ProvableListener::changed(storage::Transaction& transaction, journal::Act const&, record::RecordChange const& change)
{
    auto const& made = change.made;
    if (!done(made, change.after)) {
        if (done(made, change.before))
            plan::forget_provable(transaction, change.before->id);
        return {};
    }
    auto const& record = *change.after;
    plan::ProvableRecord provable { record.id, made.id, record.unit, day_of(transaction, made, record),
        made.title.id + (record.number.empty() ? std::string {} : " " + record.number), { { "register", made.id } } };
    auto const offer = definition::offer(transaction);
    for (auto const* target : offer->proved_by(made.id))
        if (proves(record, made, *target))
            provable.targets.emplace_back(to_text(target->kind), target->id);
    plan::note_provable(transaction, provable);
    return {};
}

}
