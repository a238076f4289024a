#include "attendance/attendance.hpp"
#include "journal/journal.hpp"
#include "subject/subject.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::attendance {

using storage::Query;
using storage::Transaction;

// The list, one row for each who was struck out.
constexpr Query find_list { "attendance.list", R"sql(
    SELECT l.code_key, l.closed_at, COALESCE(m.who, ''), COALESCE(m.struck_why, ''), COALESCE(b.name, ''), COALESCE(p.name, '') FROM attendance_list l
      LEFT JOIN attendance_mark m ON m.record_id = l.record_id AND m.struck_at IS NOT NULL LEFT JOIN person b ON b.id = m.struck_by
      LEFT JOIN person p ON m.who = 'person:' || p.id
     WHERE l.record_id = $1 ORDER BY m.struck_at, m.who )sql" };
constexpr Query write_list { "attendance.open", R"sql(
    INSERT INTO attendance_list (record_id, code_key, opened_by, opened_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (record_id) DO UPDATE SET closed_at = NULL )sql" };
constexpr Query lock_open_list { "attendance.lock", "UPDATE attendance_list SET opened_at = opened_at WHERE record_id = $1 AND closed_at IS NULL" };
constexpr Query end_list { "attendance.close", "UPDATE attendance_list SET closed_at = $2 WHERE record_id = $1 AND closed_at IS NULL" };
constexpr Query insert_mark { "attendance.mark", R"sql(
    INSERT INTO attendance_mark (record_id, who, came_how, marked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (record_id, who) DO NOTHING )sql" };
constexpr Query mark_row { "attendance.mark_row", R"sql(
    UPDATE attendance_mark SET row_id = $3, came_how = $4, struck_by = NULL, struck_at = NULL, struck_why = '' WHERE record_id = $1 AND who = $2 )sql" };
constexpr Query find_mark { "attendance.find_mark", "SELECT struck_at, row_id FROM attendance_mark WHERE record_id = $1 AND who = $2" };
constexpr Query strike_mark { "attendance.strike", R"sql(
    UPDATE attendance_mark SET row_id = NULL, struck_by = $3, struck_at = $4, struck_why = $5 WHERE record_id = $1 AND row_id = $2 )sql" };
constexpr Query strike_unmarked { "attendance.strike_unmarked", R"sql(
    INSERT INTO attendance_mark (record_id, who, came_how, marked_at, struck_by, struck_at, struck_why) VALUES ($1, $2, 'host', $4, $3, $4, $5)
    ON CONFLICT (record_id, who) DO NOTHING )sql" };
constexpr Query count_guests { "attendance.count_guests", "SELECT count(*) FROM attendance_mark WHERE record_id = $1 AND came_how = 'guest'" };

/// Nobody may correct a record of that state: the event was reported or cancelled.
static bool ended(Event const& event)
{
    auto const* state = event.at.place.made->state(event.content.state);
    return !state || state->edit_by.empty();
}

static Result<Event> with_list(storage::Reader& reader, Event event)
{
    event.fields = rules().of(event.at.place.made->id);
    if (!event.fields || event.content.is_draft())
        return not_found();
    for (auto const& row : reader.query(find_list, event.record)) {
        event.key = row.text(0);
        event.unclosed = row.is_null(1);
        event.open = event.unclosed && !ended(event);
        if (auto const& who = row.text(2); !who.empty())
            event.struck.push_back({ row.text(5).empty() ? who.substr(who.find(':') + 1) : row.text(5), row.text(3), row.text(4) });
    }
    return event;
}

Result<Event> event_by_code(storage::Reader& reader, definition::Shelf& shelf, record::Asker asker, SubjectId id)
{
    auto known = TRY(record::known_record(reader, shelf, asker, id));
    return with_list(reader, { id, std::move(known.at), std::move(known.record), nullptr });
}

Result<Event> event_for(storage::Reader& reader, definition::Shelf& shelf, record::Asker asker, SubjectId id)
{
    auto at = TRY(record::place_of_record(reader, shelf, asker, id));
    auto record = TRY(record::find_plain(reader, at));
    return with_list(reader, { id, std::move(at), std::move(record), nullptr });
}

bool hosts(Event const& event) { return record::may_edit(event.at.place, event.content); }

bool closes(Event const& event)
{
    return hosts(event) || (ended(event) && std::ranges::any_of(event.at.place.made->states, [&](auto const& state) {
        auto before = event.content;
        before.state = state.id;
        return record::may_edit(event.at.place, before);
    }));
}

static std::string text_in(record::Content const& content, std::string const& field)
{
    auto const* words = std::get_if<std::string>(&content.value(field));
    return words ? *words : std::string {};
}

std::vector<Attendee> attendees(storage::Reader& reader, Event const& event, int limit)
{
    std::vector<Attendee> found;
    auto const& made = *event.at.place.made;
    auto const& fields = *event.fields;
    for (auto const& row : record::child_rows(reader, made, *made.field(fields.list), event.record, 0, limit)) {
        Attendee each { row.id, {}, text_in(row.content, fields.institution) };
        auto const named = row.names.find(fields.person);
        each.guest = named == row.names.end() || named->second.empty();
        each.name = each.guest ? text_in(row.content, fields.guest) : named->second;
        if (auto const* at = std::get_if<std::int64_t>(&row.content.value(fields.came_at)))
            each.came_at = time::Instant { *at };
        found.push_back(std::move(each));
    }
    return found;
}

std::int64_t count_attendees(storage::Reader& reader, Event const& event)
{
    auto const& made = *event.at.place.made;
    return record::count_children(reader, made, *made.field(event.fields->list), event.record);
}

/// The first statements of what the host does: locks the record, then finds it.
static Result<Event> locked(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id)
{
    auto lock = subject::lock_all(transaction, { id });
    auto event = TRY(event_for(transaction, desk.shelf, { act.actor, act.today }, id));
    TRY_VOID(std::move(lock));
    return event;
}

static Result<Event> hosted(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id)
{
    auto event = TRY(locked(transaction, act, desk, id));
    if (!hosts(event))
        return forbidden("attendance.forbidden");
    return event;
}

Result<void> open_list(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id, std::string const& key)
{
    auto const event = TRY(hosted(transaction, act, desk, id));
    transaction.execute(write_list, id, key, act.actor, act.at);
    journal::write(transaction, act, { "attendance.opened", id, event.content.unit, {} });
    return {};
}

static std::string who_is(Signer const& signer)
{
    if (signer.person)
        return fmt::format("person:{}", signer.person.value);
    return "guest:" + text::normal(signer.guest) + "|" + text::normal(signer.institution);
}

static Result<void> checked(Signer const& signer)
{
    constexpr std::size_t longest = 120;
    std::vector<FieldFault> wrong;
    if (!signer.person && (signer.guest.empty() || signer.guest.size() > longest))
        wrong.push_back({ "guest", "attendance.guest_wrong" });
    if (signer.institution.size() > longest || (!signer.person && signer.institution.empty()))
        wrong.push_back({ "institution", "attendance.institution_wrong" });
    if (!wrong.empty())
        return invalid("attendance.wrong", std::move(wrong));
    return {};
}

/// A row of the list, while it stands.
static std::optional<record::ChildRow> row_at(storage::Reader& reader, Event const& event, std::int64_t row)
{
    auto const& made = *event.at.place.made;
    auto found = record::child_rows(reader, made, *made.field(event.fields->list), event.record, row + 1, 1);
    return found.empty() || found.front().id != row ? std::nullopt : std::optional { std::move(found.front()) };
}

static Signer signer_in(record::ChildRow const& row, Event const& event)
{
    auto const* person = std::get_if<std::int64_t>(&row.content.value(event.fields->person));
    return { person ? PersonId { *person } : PersonId {}, text_in(row.content, event.fields->guest), text_in(row.content, event.fields->institution) };
}

static std::string name_in(record::ChildRow const& row, Event const& event)
{
    auto const named = row.names.find(event.fields->person);
    return named == row.names.end() || named->second.empty() ? text_in(row.content, event.fields->guest) : named->second;
}

/// A row of the signer that nobody signed by code: written into the record by hand, or before there was a list. One statement.
static std::optional<std::int64_t> row_without_mark(storage::Reader& reader, Event const& event, Signer const& signer)
{
    constexpr std::string_view marked = "SELECT m.row_id FROM attendance_mark m WHERE m.record_id = $1 AND m.row_id IS NOT NULL";
    constexpr int most = 2000;
    auto const& made = *event.at.place.made;
    auto const who = who_is(signer);
    for (auto const& row : record::child_rows_outside(reader, made, *made.field(event.fields->list), event.record, marked, most)) {
        if (who_is(signer_in(row, event)) == who)
            return row.id;
    }
    return std::nullopt;
}

Result<Signed> sign(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id, Signer const& signer, How how)
{
    constexpr std::array<std::string_view, 3> words { "scan", "guest", "host" };
    TRY_VOID(subject::hold(transaction, id));       // the record's figures are counted anew: not beside who strikes out or corrects
    if (transaction.execute(lock_open_list, id) == 0)
        return conflict("attendance.closed");
    TRY_VOID(checked(signer));
    if (how == How::Guest && transaction.first(count_guests, id)->integer(0) >= rules().most_guests)
        return conflict("attendance.full");
    auto const event = TRY(event_by_code(transaction, desk.shelf, { act.actor, act.today }, id));
    if (ended(event))
        return conflict("attendance.ended");
    auto const who = who_is(signer);
    auto const word = words.at(static_cast<std::size_t>(how));
    if (transaction.execute(insert_mark, id, who, word, act.at) == 0) {
        auto const mark = transaction.first(find_mark, id, who);
        bool const struck = mark && !mark->is_null(0);
        if (!mark || (!struck && !mark->is_null(1) && row_at(transaction, event, mark->integer(1))))
            return Signed::Before;
        if (struck && how != How::Host)
            return conflict("attendance.struck");
    }
    if (auto const row = row_without_mark(transaction, event, signer)) {
        transaction.execute(mark_row, id, who, *row, word);
        return Signed::Before;
    }
    record::Content content;
    if (signer.person)
        content.values[event.fields->person] = storage::to_value(signer.person);
    else
        content.values[event.fields->guest] = signer.guest;
    if (!signer.institution.empty())
        content.values[event.fields->institution] = signer.institution;
    content.values[event.fields->came_at] = storage::to_value(act.at);
    auto const row = TRY(record::sign_row(transaction, act, desk, id, event.fields->list, content));
    transaction.execute(mark_row, id, who, row, word);
    return Signed::Now;
}

Result<Signed> sign_by_host(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id, Signer const& signer)
{
    auto const event = TRY(hosted(transaction, act, desk, id));
    auto const& children = event.at.place.made->field(event.fields->list)->children;
    auto const field = std::ranges::find(children, event.fields->person, &definition::Field::id);
    auto const typed = signer.person ? std::to_string(signer.person.value) : signer.guest;
    auto const found = field == children.end() || typed.empty() ? std::nullopt : record::look_up(transaction, event.at.place, *field, typed);
    if (signer.person && !found)
        return invalid("attendance.wrong", { { "guest", "record.wrong.not_found" } });
    if (found)
        return sign(transaction, act, desk, id, { { found->id }, {}, signer.institution }, How::Host);
    return sign(transaction, act, desk, id, signer, How::Host);
}

Result<void> strike(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id, std::int64_t row, std::string const& reason)
{
    constexpr std::size_t longest = 500;
    auto const event = TRY(hosted(transaction, act, desk, id));
    if (reason.empty() || reason.size() > longest)
        return invalid("attendance.wrong", { { "reason", "attendance.reason_wrong" } });
    auto const struck = row_at(transaction, event, row);
    TRY_VOID(record::remove_child(transaction, act, desk, id, event.fields->list, row));
    if (transaction.execute(strike_mark, id, row, act.actor, act.at, reason) == 0 && struck)        // written by hand: nobody signed it
        transaction.execute(strike_unmarked, id, who_is(signer_in(*struck, event)), act.actor, act.at, reason);
    journal::write(transaction, act, { "attendance.struck", id, event.content.unit,
        { { "row", std::to_string(row) }, { "name", struck ? name_in(*struck, event) : std::string {}, true }, { "reason", reason, true } } });
    return {};
}

/// The number stands in the record, and a planned event was held.
static Result<void> write_count(Transaction& transaction, journal::Act const& act, record::Desk const& desk, Event const& event, std::int64_t came)
{
    record::Typed const count { { event.fields->count, { std::to_string(came) } } };
    auto const version = event.content.version;
    auto const* hold = event.at.place.made->step(event.fields->hold);
    if (hold && record::verdict_on(transaction, event.at.place, event.content, *hold) == flow::Verdict::Open)
        return record::do_step(transaction, act, desk, { event.record, version, hold->id, count });
    return record::correct(transaction, act, desk, { event.record, version, count });
}

Result<std::int64_t> close_list(Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id)
{
    auto const event = TRY(locked(transaction, act, desk, id));
    if (!closes(event))
        return forbidden("attendance.forbidden");
    if (transaction.execute(end_list, id, act.at) == 0)
        return conflict("attendance.closed");
    auto const came = count_attendees(transaction, event);
    if (hosts(event))
        TRY_VOID(write_count(transaction, act, desk, event, came));
    journal::write(transaction, act, { "attendance.closed", id, event.content.unit, { { "came", std::to_string(came) } } });
    return came;
}

}
