#include "record/record_list.hpp"
#include "organization/access.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include "text/normal.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using storage::Query;
using storage::Value;

namespace {

constexpr std::size_t longest_search = 200;
constexpr int largest_page = 200;
bool is_number(Field const& field)
{
    return field.kind == FieldKind::Integer || field.kind == FieldKind::Money || field.kind == FieldKind::Decimal || field.kind == FieldKind::Instant
        || field.kind == FieldKind::YesNo || has_name(field) || field.kind == FieldKind::Document;
}

Failure refuse(std::string const& name) { return invalid("record.filter", { { name, "record.filter", name } }); }

/// A field that the asker may filter, sort and count by.
Field const* visible_field(Place const& place, std::string_view id)
{
    auto const* field = place.made->field(id);
    bool usable = field && field->kind != FieldKind::Children && field->kind != FieldKind::Document && field->kind != FieldKind::Sealed && field->kind != FieldKind::LongText;
    return usable && place.rights.sees(*field, false) ? field : nullptr;
}

Filter& filter_on(std::vector<Filter>& filters, Field const* field)
{
    auto found = std::ranges::find(filters, field, &Filter::field);
    if (found != filters.end())
        return *found;
    return filters.emplace_back(Filter { field, {}, {}, {} });
}

/// "f.value.from" into its filter; nothing typed is no filter.
Result<void> read_filter(Place const& place, std::string const& name, std::string const& typed, Question& question)
{
    auto id = name.substr(2);
    bool from = id.ends_with(".from"), to = id.ends_with(".to");
    if (from || to)
        id = id.substr(0, id.rfind('.'));
    auto const* field = visible_field(place, id);
    if (!field)
        return refuse(name);
    if (typed.empty())
        return {};
    bool ordered = field->kind == FieldKind::Date || field->kind == FieldKind::Integer || field->kind == FieldKind::Money || field->kind == FieldKind::Decimal;
    bool readable = field->kind == FieldKind::ManyChoice ? field->option(typed) != nullptr : value_of(*field, typed, place.unit.zone).has_value();
    if (((from || to) && !ordered) || !readable)
        return refuse(name);
    auto& filter = filter_on(question.filters, field);
    (from ? filter.from : to ? filter.to : filter.value) = typed;
    return {};
}

Result<void> read_word(Place const& place, std::string const& name, std::string const& value, Question& question)
{
    if (name == "state" && !value.empty()) {
        if (value != definition::draft_state && !place.made->state(value))
            return refuse(name);
        question.states.push_back(value);
    } else if (name == "q") {
        if (text::sign_count(value) > longest_search)
            return refuse(name);
        question.text = value;
    } else if (name == "sort" && !value.empty()) {
        question.descending = value.starts_with('-');
        auto id = value.substr(question.descending ? 1 : 0);
        question.sort = visible_field(place, id);
        if (id != "made" && (!question.sort || question.sort->kind == FieldKind::ManyChoice))
            return refuse(name);
    } else if (name == "column" && !value.empty()) {
        auto const* field = visible_field(place, value);
        if (!field || !RecordSql::is_column(*field) || field->kind == FieldKind::Document)
            return refuse(name);
        if (std::ranges::find(question.columns, field) == question.columns.end())
            question.columns.push_back(field);
    } else if (name == "mine") {
        question.mine = value == "1";
    } else if (name == "late") {
        question.late = value == "1";
    } else if (name == "after") {
        question.after = value;
    }
    return {};
}

/// The expression that the list is ordered by; empties stand together at one end.
std::string sort_expression(Field const& field)
{
    return "COALESCE(t.f_" + field.id + (is_number(field) ? ", -9000000000000000000)" : ", '')");
}

void add_filter(SqlText& sql, Place const& place, Filter const& filter)
{
    auto column = "t.f_" + filter.field->id;
    auto value = [&](std::string const& typed) { return *value_of(*filter.field, typed, place.unit.zone); };
    if (!filter.value.empty() && filter.field->kind == FieldKind::ManyChoice)
        sql.add(" AND EXISTS (SELECT 1 FROM " + place.made->table() + "__" + filter.field->id + " c WHERE c.subject_id = t.subject_id AND c.choice = ")
            .bind(filter.value)
            .add(")");
    else if (!filter.value.empty())
        sql.add(" AND " + column + " = ").bind(value(filter.value));
    if (!filter.from.empty())
        sql.add(" AND " + column + " >= ").bind(value(filter.from));
    if (!filter.to.empty())
        sql.add(" AND " + column + " <= ").bind(value(filter.to));
}

/// Every word must stand somewhere in what the record may be searched by.
void add_search(SqlText& sql, std::string const& typed)
{
    auto words = text::normal(typed);
    for (std::size_t at = 0; at < words.size();) {
        auto end = std::min(words.find(' ', at), words.size());
        std::string pattern = "%";
        for (char sign : words.substr(at, end - at))
            pattern += sign == '%' || sign == '_' || sign == '!' ? std::string { '!', sign } : std::string { sign };
        sql.add(" AND t.search LIKE ").bind(pattern + "%").add(" ESCAPE '!'");
        at = end + 1;
    }
}

/// The cursor: the value that the list is ordered by, then the id.
std::string cursor_of(Question const& question, Record const& record, time::Zone zone)
{
    auto id = std::to_string(record.id.value);
    if (!question.sort)
        return id;
    auto const& value = record.content.value(question.sort->id);
    auto const* number = std::get_if<std::int64_t>(&value);     // as it is kept: a moment has more than the minutes that are shown
    return id + "~" + (number ? std::to_string(*number) : code_of(*question.sort, value, zone));
}

Result<void> add_cursor(SqlText& sql, Place const& place, Question const& question)
{
    if (question.after.empty())
        return {};
    auto parting = question.after.find('~');
    auto id = question.after.substr(0, parting);
    if (id.empty() || id.size() > 18 || id.find_first_not_of("0123456789") != std::string::npos || (parting != std::string::npos) != (question.sort != nullptr))
        return refuse("after");
    auto sign = std::string { question.descending ? " < " : " > " };
    if (!question.sort) {
        sql.add(" AND s.id" + sign).bind(std::int64_t { std::stoll(id) });
        return {};
    }
    auto const text = question.after.substr(parting + 1);
    Value value { text };
    if (is_number(*question.sort)) {
        std::int64_t number = -9'000'000'000'000'000'000;       // where nothing stands, as in sort_expression
        auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (!text.empty() && (read.ec != std::errc {} || read.ptr != text.data() + text.size()))
            return refuse("after");
        value = number;
    } else if (!value_of(*question.sort, text, place.unit.zone)) {
        return refuse("after");
    }
    sql.add(" AND (" + sort_expression(*question.sort) + ", s.id)" + sign + "(").bind(value).add(", ").bind(std::int64_t { std::stoll(id) }).add(")");
    return {};
}

}

Result<Question> question_of(http::Fields const& query, Place const& place)
{
    Question question;
    for (auto const& [name, value] : query.pairs())
        TRY_VOID(name.starts_with("f.") ? read_filter(place, name, value, question) : read_word(place, name, value, question));
    question.limit = static_cast<int>(std::clamp<std::int64_t>(query.integer("limit").value_or(question.limit), 1, largest_page));
    if (question.columns.empty())
        for (auto const& id : place.made->columns)
            if (auto const* field = place.made->field(id); field && place.rights.sees(*field, false))
                question.columns.push_back(field);
    return question;
}

Result<Listed> list(storage::Reader& reader, Place const& place, Question const& question)
{
    auto fields = question.columns;
    if (question.sort && std::ranges::find(fields, question.sort) == fields.end())
        fields.push_back(question.sort);
    auto reading = RecordSql { *place.made };
    if (question.limits)
        reading.with_due();
    SqlText sql { reading.select(fields) + " WHERE s.unit_id = $3 AND " + seen_predicate(*place.made) + " AND s.kind = ", seen_values(place) };
    sql.bind(place.made->table());
    if (question.mine)
        sql.add(" AND t.created_by = $1");
    if (question.late)
        sql.add(" AND EXISTS (SELECT 1").add(RecordSql::open_limits).add(" AND c.passed = 1)");
    for (std::size_t at = 0; at < question.states.size(); ++at)
        sql.add(at ? ", " : " AND s.state IN (").bind(question.states[at]);
    if (!question.states.empty())
        sql.add(")");
    for (auto const& filter : question.filters)
        add_filter(sql, place, filter);
    add_search(sql, question.text);
    TRY_VOID(add_cursor(sql, place, question));
    auto order = std::string { question.descending ? " DESC" : "" };
    sql.add(" ORDER BY " + (question.sort ? sort_expression(*question.sort) + order + ", " : std::string {}) + "s.id" + order + " LIMIT ")
        .bind(std::int64_t { question.limit + 1 });
    Listed listed;
    auto const rows = reader.query_values(Query { "record.list", sql.text() }, sql.values());
    listed.records.reserve(rows.size());
    for (auto const& row : rows)
        listed.records.push_back(reading.read(row, fields));
    if (static_cast<int>(listed.records.size()) > question.limit) {
        listed.records.pop_back();
        listed.next = cursor_of(question, listed.records.back(), place.unit.zone);
    }
    return listed;
}

StateCounts count_states(storage::Reader& reader, Place const& place)
{
    auto const& made = *place.made;
    SqlText sql { "SELECT ", seen_values(place) };
    std::vector<std::string> states { std::string { definition::draft_state } };
    for (auto const& state : made.states)
        states.push_back(state.id);
    for (std::size_t at = 0; at < states.size(); ++at)
        sql.add(std::string { at ? ", " : "" } + "(SELECT count(*) FROM (SELECT 1 FROM subject s JOIN " + made.table()
               + " t ON t.subject_id = s.id WHERE s.unit_id = $3 AND " + seen_predicate(made) + " AND s.kind = ")
            .bind(made.table()).add(" AND s.state = ").bind(states[at]).add(" LIMIT " + std::to_string(most_counted + 1) + ") seen)");
    bool const limits = made.may_be_late();
    if (limits)
        sql.add(", (SELECT count(*) FROM (SELECT s.id FROM clock c JOIN subject s ON s.id = c.subject_id JOIN " + made.table() + " t ON t.subject_id = s.id"
                " WHERE c.unit_id = $3 AND c.passed = 1 AND c.state <> 'stopped' AND c.owed_by = 'office' AND s.unit_id = $3 AND " + seen_predicate(made) + " AND s.kind = ")
            .bind(made.table()).add(" GROUP BY s.id LIMIT " + std::to_string(most_counted + 1) + ") late)");
    StateCounts counts;
    auto const rows = reader.query_values(Query { "record.count_states", sql.text() }, sql.values());
    for (std::size_t at = 0; at < states.size(); ++at)
        if (auto const count = rows.front().integer(at); count > 0)
            counts.states[states[at]] = count;
    counts.late = limits ? rows.front().integer(states.size()) : 0;
    return counts;
}

}
