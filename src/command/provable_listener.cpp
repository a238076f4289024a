#include "command/provable_listener.hpp"
#include "core/embedded.hpp"
#include "definition/offer.hpp"
#include "organization/unit.hpp"
#include "plan/proposal.hpp"
#include "record/record_facts.hpp"
#include "record/record_store.hpp"
#include "record/value.hpp"
#include "storage/checksum.hpp"
#include <algorithm>

namespace kpuhub::command {

using definition::Field;
using definition::FieldKind;
using record::Record;
using storage::Query;

namespace {

constexpr Query told_by { "command.provable_build", "SELECT offer, last_record, done FROM provable_build WHERE register = $1" };
constexpr Query keep_told { "command.keep_provable_build", R"sql(
    INSERT INTO provable_build (register, offer, last_record, done) VALUES ($1, $2, $3, $4)
    ON CONFLICT (register) DO UPDATE SET offer = excluded.offer, last_record = excluded.last_record, done = excluded.done )sql" };
constexpr Query hold_records { "command.hold_records", R"sql(
    UPDATE subject SET version = version WHERE kind = $1 AND id > $2 AND id <= $3 )sql" };

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

void note(storage::Transaction& transaction, definition::Offer const& offer, definition::Register const& made, Record const& record)
{
    plan::ProvableRecord provable { record.id, made.id, record.unit, day_of(transaction, made, record),
        made.title.id + (record.number.empty() ? std::string {} : " " + record.number), { { "register", made.id } } };
    for (auto const* target : offer.proved_by(made.id))
        if (proves(record, made, *target))
            provable.targets.emplace_back(to_text(target->kind), target->id);
    plan::note_provable(transaction, provable);
}

/// Changes with whatever changes what the records of a register prove.
std::string fingerprint(definition::Offer const& offer, definition::Register const& made)
{
    return storage::sha256_hex(offer.fingerprint() + std::string { embedded_file("definitions/binding/systems.yaml") } + made.id + " " + std::to_string(made.version));
}

/// One piece of one register; -1 when all of its records were told already.
int tell_piece(storage::Transaction& transaction, definition::Offer const& offer, definition::Register const& made, int most)
{
    auto const by = fingerprint(offer, made);
    auto const row = transaction.first(told_by, made.id);
    bool const begun = row && row->text(0) == by;
    if (begun && row->yes(2))
        return -1;
    SubjectId last { begun ? row->integer(1) : 0 };
    auto const ids = record::record_ids(transaction, made, {}, last, most);
    if (!ids.empty())
        transaction.execute(hold_records, made.table(), last.value, ids.back());
    for (auto id : ids) {
        auto const record = record::record_for_program(transaction, made, id);
        if (record && !record->is_draft() && done(made, &*record))
            note(transaction, offer, made, *record);
        else
            plan::forget_provable(transaction, id);
        last = id;
    }
    transaction.execute(keep_told, made.id, by, last.value, static_cast<int>(ids.size()) < most);
    return static_cast<int>(ids.size());
}

}

Result<void> ProvableListener::changed(storage::Transaction& transaction, journal::Act const&, record::RecordChange const& change)
{
    auto const& made = change.made;
    if (done(made, change.after))
        note(transaction, *definition::offer(transaction), made, *change.after);
    else if (done(made, change.before))
        plan::forget_provable(transaction, change.before->id);
    return {};
}

Result<int> tell_waiting_records(storage::Transaction& transaction, definition::Shelf& shelf, int most)
{
    auto const offer = definition::offer(transaction);
    for (auto const& made : shelf.newest(transaction))
        if (auto const looked_at = tell_piece(transaction, *offer, *made, most); looked_at > 0)
            return looked_at;
    return 0;
}

}
