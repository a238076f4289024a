#include "record/intake.hpp"
#include "account/rate.hpp"
#include "journal/journal.hpp"
#include "record/history.hpp"
#include "record/record_store.hpp"
#include "record/value.hpp"
#include "subject/subject.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using storage::Query;

namespace {

#define UNIT_OF_RECORD "u.id, u.code, u.level, n.name, n.zone"
#define NAME_OF_UNIT " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)"

constexpr Query doors_of_unit { "record.doors", "SELECT " UNIT_OF_RECORD ", x.register, (SELECT max(d.version) FROM register_definition d WHERE d.register = x.register)"
    " FROM unit u" NAME_OF_UNIT " JOIN register_use x ON x.unit_id = u.id AND x.state = 'on' WHERE u.code = $1 ORDER BY x.register" };
constexpr Query by_form { "record.intake_by_form", "SELECT subject_id FROM record_intake WHERE form_key = $1" };
constexpr Query insert_intake { "record.insert_intake", R"sql(
    INSERT INTO record_intake (subject_id, code_digest, form_key, language, sent_at) VALUES ($1, $2, $3, $4, $5) )sql" };
constexpr Query write_code { "record.write_code", R"sql(
    INSERT INTO record_intake (subject_id, code_digest, form_key, language, sent_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (subject_id) DO UPDATE SET code_digest = excluded.code_digest )sql" };
constexpr Query by_code { "record.intake_by_code", "SELECT " UNIT_OF_RECORD ", s.kind, s.definition_version, s.id, s.state, s.version, s.created_at"
    " FROM record_intake i JOIN subject s ON s.id = i.subject_id JOIN unit u ON u.id = s.unit_id" NAME_OF_UNIT " WHERE i.code_digest = $1" };
constexpr Query subject_by_code { "record.intake_subject", "SELECT subject_id FROM record_intake WHERE code_digest = $1" };

constexpr std::int64_t hour_ms = 3'600'000;

organization::Unit unit_of(storage::Row const& row)
{
    return { row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) };
}

std::string rate_of(Place const& place, std::string const& network)
{
    return "intake:" + place.made->id + ":" + (network.empty() ? "unit " + place.unit.code : network);
}

/// What the program fills in itself: a value, "now" or "today".
void set_fields(Place const& place, journal::Act const& act, Record& record)
{
    for (auto const& [id, value] : place.made->counts.intake->sets) {
        auto const* field = place.made->field(id);
        if (value == "now" || value == "today")
            record.content.values[id] = field->kind == FieldKind::Instant ? storage::to_value(act.at) : storage::to_value(time::date_at(act.at, place.unit.zone));
        else if (auto read = value_of(*field, value, place.unit.zone))
            record.content.values[id] = std::move(*read);
    }
}

}

std::vector<Field const*> intake_fields(definition::Register const& made)
{
    std::vector<Field const*> fields;
    for (auto const& id : made.counts.intake->fields)
        if (auto const* field = made.field(id); field && !field->retired)
            fields.push_back(field);
    return fields;
}

Result<Place> place_of_intake(storage::Reader& reader, definition::Shelf& shelf, std::string_view unit_code, std::string_view path, time::Date today)
{
    for (auto const& row : reader.query(doors_of_unit, unit_code)) {
        auto made = TRY(shelf.find(reader, row.text(5), static_cast<int>(row.integer(6))));
        if (made->counts.intake && made->counts.intake->path == path && !made->retired)
            return Place { unit_of(row), made, true, false, {}, { {}, today } };
    }
    return not_found();
}

std::vector<PublicDoor> doors_of(storage::Reader& reader, definition::Shelf& shelf, std::string_view unit_code)
{
    std::vector<PublicDoor> doors;
    for (auto const& row : reader.query(doors_of_unit, unit_code)) {
        auto const made = shelf.find(reader, row.text(5), static_cast<int>(row.integer(6)));
        if (!made || (*made)->retired)
            continue;
        auto const& told = (*made)->counts;
        auto const here = "/public/units/" + row.text(1);
        auto const counts = told.counts ? here + "/registers/" + (*made)->id : std::string {};
        if (told.intake)
            doors.push_back({ here + "/" + told.intake->path, counts, told.intake->title });
        if (!told.records.empty())
            doors.push_back({ here + "/registers/" + (*made)->id + "/records", counts, (*made)->title });
    }
    return doors;
}

Result<void> require_quiet(storage::Reader& reader, Place const& place, std::string const& network, time::Instant now)
{
    auto const& door = *place.made->counts.intake;
    auto const window = now.milliseconds / hour_ms * hour_ms;
    if (account::hits(reader, rate_of(place, network), window) >= door.per_network_and_hour || account::hits(reader, rate_of(place, {}), window) >= door.per_office_and_hour)
        return fail({ FaultKind::Unavailable, "record.intake.busy", {}, {}, std::to_string((window + hour_ms - now.milliseconds) / 60'000 + 1) });
    return {};
}

void count_refused(storage::Transaction& transaction, Place const& place, std::string const& network, time::Instant now)
{
    account::count_hit(transaction, rate_of(place, network), now.milliseconds / hour_ms * hour_ms);
}

bool was_sent(storage::Reader& reader, std::string const& form_key) { return reader.first(by_form, form_key).has_value(); }

Result<SubjectId> receive(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, SentForm const& sent)
{
    if (auto there = transaction.first(by_form, sent.form_key))
        return there->id<SubjectTag>(0);
    auto const place = TRY(place_of_intake(transaction, desk.shelf, sent.unit_code, sent.path, act.today));
    TRY_VOID(require_quiet(transaction, place, sent.network, act.at));
    auto const& made = *place.made;
    Typed asked;
    for (auto const* field : intake_fields(made))
        if (auto found = sent.typed.find(field->id); found != sent.typed.end())
            asked.emplace(*found);
    Record record;
    record.unit = place.unit.id;
    record.created_at = act.at;
    record.state = made.start;
    set_fields(place, act, record);
    TRY_VOID(read_entry(transaction, place, asked, Completeness::Complete, sent.files, record));
    record.id = subject::create(transaction, made.table(), place.unit.id, std::nullopt, record.state, act.at, made.version);
    store_files(transaction, act, record, sent.files);
    record.number = next_number(transaction, made, place.unit, act.today);
    insert_record(transaction, made, record);
    transaction.execute(insert_intake, record.id, sent.code_digest, sent.form_key, text::code(sent.language), act.at);
    auto const window = act.at.milliseconds / hour_ms * hour_ms;
    account::count_hit(transaction, rate_of(place, sent.network), window);
    account::count_hit(transaction, rate_of(place, {}), window);
    flow::record_step(transaction, act, record.id, { {}, {}, record.state, {}, act.at, {} });
    TRY_VOID(tell(transaction, act, desk, { made, nullptr, &record, {}, &place },
        { "record.created", record.id, record.unit, change_fields(made, nullptr, record, place.unit.zone) }));
    return record.id;
}

Result<Tracked> tracked(storage::Reader& reader, definition::Shelf& shelf, std::string const& code_digest, time::Date today)
{
    auto const row = code_digest.empty() ? std::nullopt : reader.first(by_code, code_digest);
    if (!row)
        return not_found();
    auto const register_id = row->text(5).substr(2);
    auto made = TRY(shelf.find(reader, register_id, static_cast<int>(row->integer(6))));
    RecordPlace at { { unit_of(*row), std::move(made), true, false, Rights {}, { {}, today } }, row->id<SubjectTag>(7), row->text(8), row->integer(9), row->instant(10) };
    auto record = record_for_program(reader, *at.place.made, at.id);
    if (!record || !at.place.made->counts.intake)
        return not_found();
    return Tracked { std::move(at), std::move(*record) };
}

Result<void> give_code(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::string const& code_digest, text::Language language)
{
    TRY_VOID(subject::lock_all(transaction, { id }));
    auto const at = TRY(place_of_record(transaction, desk.shelf, { act.actor, act.today }, id));
    auto const record = TRY(find_record(transaction, at));
    if (!at.place.made->counts.intake || record.is_draft())
        return not_found();
    if (!at.place.rights.creates())
        return forbidden("record.forbidden.code");
    transaction.execute(write_code, id, code_digest, "given:" + code_digest, text::code(language), act.at);
    journal::write(transaction, act, { "record.code_given", id, record.unit, {} });
    return {};
}

flow::Verdict sender_verdict(definition::Step const& step, Record const& record, std::vector<flow::Clock> const& clocks)
{
    return flow::judge(step, record.state,
        { {}, {}, [&](std::string_view) { return std::ranges::find(step.by, definition::sender) != step.by.end(); }, [](std::string_view) { return std::set<PersonId> {}; },
            [&](std::string_view name) { return std::ranges::any_of(clocks, [&](auto const& clock) { return clock.name == name && clock.passed; }); } });
}

Result<void> sender_step(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, std::string const& code_digest, StepRequest const& wanted)
{
    auto const row = transaction.first(subject_by_code, code_digest);
    if (!row)
        return not_found();
    auto locked = subject::lock(transaction, row->id<SubjectTag>(0), wanted.version);
    auto const found = TRY(tracked(transaction, desk.shelf, code_digest, act.today));
    TRY_VOID(std::move(locked));
    auto const* step = found.at.place.made->step(wanted.step);
    if (!step)
        return not_found();
    TRY_VOID(require_open(sender_verdict(*step, found.record, flow::clocks_of(transaction, found.record.id))));
    auto const& asks = *step;
    auto own = wanted;
    std::erase_if(own.files, [&](auto const& each) {
        return std::ranges::find(asks.asks, each.file.field) == asks.asks.end() && std::ranges::find(asks.needs, each.file.field) == asks.needs.end();
    });
    return take_step(transaction, act, desk, { found.at.place, *step, own }, found.record);
}

}
