#include "record/list_model.hpp"
#include "flow/flow.hpp"
#include "http/url.hpp"
#include "record/matrix.hpp"
#include "record/recap.hpp"
#include "record/record_sql.hpp"
#include "view/words.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

void ListLink::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
    v.field("count", count);
    v.field("current", current);
    v.field("more", more);
    v.field("end", end);
    v.field("shared", shared);
    v.field("by", by);
}

void ListRow::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("title", title);
    v.field("link", link);
    v.field("state", state);
    v.field("by", by);
    v.field("made_on", made_on);
    v.field("version", version);
    v.list("cells", cells);
    v.field("due", due);
    v.field("left", left);
    v.field("late", late);
}

void ListHead::describe(view::Visitor& v) const
{
    v.field("field", field);
    v.field("label", label);
    v.field("sort", sort);
    v.field("figure", figure);
    v.field("sorted", sorted);
}

void ListFilter::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("label", label);
    v.field("value", value);
    v.field("span", span);
    v.field("type", type);
    v.field("from", from);
    v.field("to", to);
    v.list("options", options);
}

void ColumnChoice::describe(view::Visitor& v) const
{
    v.field("field", field);
    v.field("label", label);
    v.field("chosen", chosen);
}

void SidePage::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
}

void BulkStep::describe(view::Visitor& v) const
{
    v.field("step", step);
    v.field("label", label);
}

void ListPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("lead", lead);
    v.field("data_class", data_class);
    v.field("counts_only", counts_only);
    v.field("rounded", rounded);
    v.field("step", step);
    v.field("in_all", in_all);
    v.list("states", states);
    v.list("views", views);
    v.list("heads_to_choose", columns);
    v.list("filters", filters);
    v.list("more_filters", more_filters);
    v.field("more_open", more_open);
    v.field("text", text);
    v.field("sort", sort);
    v.list("heads", heads);
    v.list("rows", rows);
    v.list("steps", steps);
    v.list("side_pages", side_pages);
    v.field("address", address);
    v.field("add", add);
    v.field("import_link", import);
    v.field("csv", csv);
    v.field("sheet", sheet);
    v.field("next", next);
    v.field("first", first);
    v.field("keep", keep);
    v.field("bulk", bulk);
    v.field("use", use);
    v.field("public_page", public_page);
    v.field("on", on);
    v.field("has_limits", has_limits);
    v.field("may_set", may_set);
    v.field("filtered", filtered);
    v.field("query", query);
    v.field("nothing", nothing);
    v.field("errors", errors);
}

std::string query_with(http::Fields const& query, std::string_view name, std::string const& value)
{
    std::string text;
    auto add = [&](std::string_view key, std::string_view part) {
        text += (text.empty() ? "?" : "&") + http::percent_encode(key) + "=" + http::percent_encode(part);
    };
    for (auto const& [key, part] : query.pairs())
        if (key != name && key != "after" && key != "saved" && key != "done" && key != "of" && !part.empty())
            add(key, part);
    if (!value.empty())
        add(name, value);
    return text;
}

namespace {

bool filters_by(Field const& field)
{
    return field.kind == FieldKind::Choice || field.kind == FieldKind::ManyChoice || field.kind == FieldKind::YesNo || field.kind == FieldKind::Date;
}

ListFilter filter_for(Field const& field, Question const& question, text::Language language)
{
    ListFilter filter { "f." + field.id, field.label.in(language), {}, field.kind == FieldKind::Date };
    for (auto const& each : question.filters)
        if (each.field == &field) {
            filter.value = each.value;
            filter.from = each.from;
            filter.to = each.to;
        }
    if (field.kind == FieldKind::YesNo)
        for (auto const& [value, words] : { std::pair { "yes", definition::Words { "Ya", "Yes" } }, { "no", definition::Words { "Tidak", "No" } } })
            filter.options.push_back({ value, words.in(language), filter.value == value, false });
    for (auto const& option : field.options)
        filter.options.push_back({ option.value, option.label.in(language), filter.value == option.value, false });
    return filter;
}

/// The first few stand open: those of the columns that the register names itself.
void add_filters(ListParts const& parts, text::Language language, ListPage& page)
{
    constexpr std::size_t most_open = 3;
    auto const& columns = parts.place.made->columns;
    for (auto const& field : parts.place.made->fields) {
        if (!filters_by(field) || !parts.place.rights.sees(field, false))
            continue;
        auto filter = filter_for(field, parts.question, language);
        bool first = page.filters.size() < most_open && !filter.span && std::ranges::find(columns, field.id) != columns.end();
        page.more_open = page.more_open || (!first && !(filter.value + filter.from + filter.to).empty());
        (first ? page.filters : page.more_filters).push_back(std::move(filter));
    }
}

void add_states(ListParts const& parts, text::Language language, ListPage& page)
{
    auto const& made = *parts.place.made;
    auto add = [&](std::string const& state, std::string const& label) {
        auto count = parts.counts.states.find(state);
        bool current = std::ranges::find(parts.question.states, state) != parts.question.states.end();
        if (count == parts.counts.states.end() && !current)
            return;
        auto found = count == parts.counts.states.end() ? 0 : count->second;
        page.states.push_back({ label, { parts.place.address() + query_with(parts.query, "state", current ? "" : state) },
            std::min(found, most_counted), current, found > most_counted });
    };
    for (auto const& state : made.states)
        add(state.id, state.label.in(language));
    add(std::string { definition::draft_state }, language == text::Language::English ? "Draft" : "Konsep");
    if (parts.counts.late > 0 || parts.question.late)
        page.states.push_back({ language == text::Language::English ? "Late" : "Terlambat",
            { parts.place.address() + query_with(parts.query, "late", parts.question.late ? "" : "1") }, std::min(parts.counts.late, most_counted), parts.question.late, parts.counts.late > most_counted });
    for (auto const& [state, count] : parts.counts.states)
        page.in_all += std::min(count, most_counted);
}

void add_heads(ListParts const& parts, text::Language language, ListPage& page)
{
    for (auto const* field : parts.question.columns) {
        ListHead head { field->id, field->label.in(language), {}, field->kind == FieldKind::Money || field->kind == FieldKind::Integer || field->kind == FieldKind::Decimal,
            parts.question.sort == field };
        auto order = head.sorted && parts.question.descending ? field->id : "-" + field->id;
        if (field->kind != FieldKind::LongText)
            head.sort = { parts.place.address() + query_with(parts.query, "sort", order) };
        page.heads.push_back(std::move(head));
    }
    for (auto const& field : parts.place.made->fields) {
        bool usable = RecordSql::is_column(field) && field.kind != FieldKind::Document && field.kind != FieldKind::Sealed && field.kind != FieldKind::LongText;
        if (usable && parts.place.rights.sees(field, false))
            page.columns.push_back({ field.id, field.label.in(language), std::ranges::find(parts.question.columns, &field) != parts.question.columns.end() });
    }
}

void add_rows(ListParts const& parts, text::Language language, ListPage& page)
{
    auto const& made = *parts.place.made;
    page.rows.reserve(parts.listed.records.size());
    for (auto const& record : parts.listed.records) {
        ListRow row { record.id.value, record.number.empty() ? "#" + std::to_string(record.id.value) : record.number, { address_of(record.id) },
            mark_of(made, record.state, language), record.created_by || record.is_draft() ? record.created_by_name : language == text::Language::English ? "public page" : "halaman publik", time::date_at(record.created_at, parts.place.unit.zone), record.version, {} };
        row.cells.reserve(parts.question.columns.size());
        for (auto const* field : parts.question.columns) {
            row.cells.push_back(cell_for(*field, record, parts.place, language));
            row.cells.back().narrow = true;
        }
        row.late = record.late;
        if (record.due) {
            row.due = view::Moment { *record.due, parts.place.unit.zone };
            row.left = view::days_from_today(time::date_at(record.due->plus(std::chrono::milliseconds { -1 }), parts.place.unit.zone),
                time::date_at(parts.now, parts.place.unit.zone));
        }
        page.rows.push_back(std::move(row));
    }
}

/// Steps that ask nothing can be done for many at once.
void add_bulk(ListParts const& parts, text::Language language, ListPage& page)
{
    for (auto const& step : parts.place.made->steps)
        if (!step.retired && step.reason != definition::Reason::Required && parts.place.rights.does(step.id))
            page.steps.push_back({ step.id, step.label.in(language) });
}

void add_side_pages(Place const& place, ListPage& page)
{
    auto const& made = *place.made;
    if (!assessments_of(made).empty())
        page.side_pages.push_back({ { "record.matrix.title" }, { place.address("/matrix") } });
    if (made.card)
        page.side_pages.push_back({ { "record.card.short" }, { place.address("/card") } });
    if (made.link_list())
        page.side_pages.push_back({ { "record.map.title" }, { place.address("/map") } });
    if (!made.counts.records.empty())
        page.side_pages.push_back({ { "record.list.public" }, { "/public/units/" + place.unit.code + "/registers/" + made.id + "/records" } });
}

view::EmptyState nothing_there(ListParts const& parts, ListPage const& page)
{
    if (page.filtered)
        return { { "record.list.nothing_found" }, view::Sentence { "record.list.nothing_found_why" }, { parts.place.address() }, { "record.list.all" } };
    if (page.add.address.empty())
        return { { "record.list.nothing" }, view::Sentence { "record.list.nothing_why" } };
    return { { "record.list.nothing" }, view::Sentence { "record.list.nothing_start" }, page.add, { "record.list.add" } };
}

}

ListPage list_page(ListParts const& parts, text::Language language)
{
    auto const& [place, question, listed, counts, views, query, now] = parts;
    auto const& made = *place.made;
    ListPage page;
    page.title = made.title.in(language);
    page.lead = made.lead.in(language);
    page.data_class = { std::string { to_text(made.data_class) }, "record.class." + std::string { to_text(made.data_class) } };
    page.on = place.on;
    page.may_set = place.rights.holds("unit.set");
    page.address = { place.address() };
    page.use = { place.address("/use") };
    page.has_limits = made.may_be_late();
    add_states(parts, language, page);
    if (made.counts.counts && made.counts.records.empty())
        page.public_page = { "/public/units/" + place.unit.code + "/registers/" + made.id };
    page.counts_only = !place.lists();
    page.step = page.counts_only ? step_for(made, false) : 1;
    page.rounded = page.step > 1;
    if (place.unit.level != "regency" && place.rights.holds("plan.read"))
        page.side_pages.push_back({ { "record.recap.title" }, { place.address("/recap") } });
    if (place.rights.creates() && place.on && !made.retired) {
        page.add = { place.address("/new") };
        page.import = { place.address("/import") };
    }
    if (page.counts_only)
        return page;
    add_heads(parts, language, page);
    add_rows(parts, language, page);
    add_filters(parts, language, page);
    add_bulk(parts, language, page);
    add_side_pages(place, page);
    for (auto const& view : views)
        page.views.push_back({ view.name, { place.address() + (view.query.empty() ? "" : "?" + view.query) }, 0, false, false,
            { view.own || page.may_set ? place.address("/views/" + std::to_string(view.id) + "/end") : std::string {} }, view.shared, view.made_by });
    page.text = question.text;
    page.sort = query.text("sort");
    page.filtered = !question.filters.empty() || !question.states.empty() || !question.text.empty() || question.mine || question.late;
    page.query = query_with(query, "", "");
    page.query = page.query.empty() ? page.query : page.query.substr(1);
    page.csv = { place.address("/export") + query_with(query, "format", "csv") };
    page.sheet = { place.address("/export") + query_with(query, "format", "xlsx") };
    page.keep = { place.address("/views") };
    page.bulk = { place.address("/steps") };
    if (!listed.next.empty()) {
        auto more = query_with(query, "", "");
        page.next = { place.address() + more + (more.empty() ? "?" : "&") + "after=" + http::percent_encode(listed.next) };
    }
    if (!question.after.empty())
        page.first = { place.address() + query_with(query, "", "") };
    if (page.rows.empty())
        page.nothing = nothing_there(parts, page);
    return page;
}

}
