#include "definition/register_reader.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::definition {

namespace {

constexpr std::size_t widest_table = 12;

std::optional<std::int64_t> whole_number(Node const& node)
{
    std::int64_t value = 0;
    auto const& text = node.text;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional { value } : std::nullopt;
}

}

/// "tables: {matrix: {source: ..., values: [[1, 3], [2, 4]], bands: {low: {up_to: 2, look: 1}, high: {up_to: 4, look: 5}}}}"
std::vector<Table> RegisterReader::tables(Node const& file)
{
    constexpr int heaviest_look = 5;
    std::vector<Table> found;
    for (auto const& [id, node] : m_faults.optional_pairs(file, "tables")) {
        m_faults.only_keys(node, { "source", "values", "bands" });
        Table table { name(id, node.line), m_faults.required_text(node, "source"), {}, {} };
        for (auto const& line : m_faults.required_list(node, "values")) {
            table.values.emplace_back();
            for (auto const& cell : line.items) {
                auto value = whole_number(cell);
                if (!value)
                    m_faults.add(cell.line, "definition.number_wrong", id);
                table.values.back().push_back(value.value_or(0));
            }
            if (line.items.empty() || line.items.size() != table.values.front().size() || line.items.size() > widest_table)
                m_faults.add(line.line, "definition.table_uneven", id);
        }
        for (auto const& [option, band] : m_faults.optional_pairs(node, "bands")) {
            m_faults.only_keys(band, { "up_to", "look" });
            auto up_to = whole_number(band["up_to"]);
            if (!up_to || (!table.bands.empty() && *up_to <= table.bands.back().up_to))
                m_faults.add(band.line, "definition.number_wrong", "up_to");
            table.bands.push_back({ option, up_to.value_or(0), m_faults.required_number(band, "look", 1, heaviest_look) });
        }
        found.push_back(std::move(table));
    }
    return found;
}

std::optional<MonthCard> RegisterReader::card(Node const& map)
{
    if (map.kind == Node::Kind::Empty)
        return std::nullopt;
    m_faults.only_keys(map, { "list", "period", "result", "states" });
    return MonthCard { m_faults.required_text(map, "list"), m_faults.required_text(map, "period"), m_faults.required_text(map, "result"), names(map, "states") };
}

namespace {

template<typename List>
Field const* field_in(List const& fields, std::string_view id)
{
    auto found = std::ranges::find(fields, id, [](Field const& each) -> std::string_view { return each.id; });
    return found == fields.end() ? nullptr : &*found;
}

class TableCheck {
public:
    TableCheck(Register const& made, Node const& file, Faults& faults) : m_made(made), m_file(file), m_faults(faults) {}

    void all()
    {
        lookups(m_made.fields);
        for (auto const& field : m_made.fields) {
            lookups(field.children);
            if (field.links)
                links(field);
            if (!field.once_by.empty() && !field_in(field.children, field.once_by))
                unknown(field.line, field.once_by);
            reach(field);
            std::ranges::for_each(field.children, [&](Field const& child) { reach(child); });
        }
        people();
        card();
        public_records();
    }

private:
    void unknown(int line, std::string const& name) { m_faults.add(line, "definition.name_unknown", name); }

    /// Both choices stand in the same place as the field, and the table has a cell for each pair of their options.
    void lookups(std::vector<Field> const& fields)
    {
        for (auto const& field : fields) {
            if (!field.lookup)
                continue;
            auto const* table = m_made.table_named(field.lookup->table);
            if (!table || table->values.empty()) {
                unknown(field.line, field.lookup->table);
                continue;
            }
            bool pair = field.lookup->by.size() == 2;
            auto const* row = pair ? field_in(fields, field.lookup->by[0]) : nullptr;
            auto const* column = pair ? field_in(fields, field.lookup->by[1]) : nullptr;
            bool fits = row && column && row->kind == FieldKind::Choice && column->kind == FieldKind::Choice && !row->lookup && !column->lookup
                && row->options.size() == table->values.size() && column->options.size() == table->values.front().size();
            if (!fits || field.required)
                m_faults.add(field.line, "definition.table_uneven", field.lookup->table);
            if (field.kind == FieldKind::Choice)
                bands(field, *table);
        }
    }

    void reach(Field const& field)
    {
        if (field.reaches_above && field.refers_to != m_made.id)
            m_faults.add(field.line, "definition.key_not_here", "reach");
    }

    void bands(Field const& field, Table const& table)
    {
        for (auto const& line : table.values)
            for (auto value : line)
                if (auto const* band = table.band(value); !band || !field.option(band->option))
                    return m_faults.add(field.line, "definition.band_missing", std::to_string(value));
    }

    void links(Field const& list)
    {
        auto const* by = field_in(list.children, list.links->by);
        auto const* to = field_in(list.children, list.links->to);
        if (!by || by->kind != FieldKind::Choice || !by->required)
            unknown(list.line, list.links->by);
        if (!to || to->kind != FieldKind::Reference || to->refers_to != m_made.id)
            unknown(list.line, list.links->to);
        auto const* outside = field_in(list.children, list.links->outside);
        if (!list.links->outside.empty() && (!outside || outside->kind != FieldKind::Text))
            unknown(list.line, list.links->outside);
        for (auto const& option : by ? by->options : std::vector<FieldOption> {}) {
            auto const* other = by->option(option.inverse);
            if (!other || other->inverse != option.value)
                m_faults.add(by->line, "definition.inverse_wrong", option.value);
        }
        if (std::ranges::count_if(m_made.fields, [](Field const& each) { return each.links.has_value(); }) > 1)
            m_faults.add(list.line, "definition.key_not_here", "links");
        hidden(list);
    }

    /// Maps, relations and cards show a list to all who read the register.
    void hidden(Field const& list)
    {
        if (!list.seen_by.empty())
            m_faults.add(list.line, "definition.key_not_here", "seen_by");
    }

    void people()
    {
        for (auto const* id : { &m_made.access.owner, &m_made.access.superior_of })
            if (auto const* field = m_made.field(*id); !id->empty() && (!field || field->kind != FieldKind::Person))
                unknown(m_file["access"].line, *id);
        if (auto const* field = m_made.field(m_made.name); !m_made.name.empty() && (!field || field->kind != FieldKind::Text || !field->seen_by.empty()))
            unknown(m_file["name"].line, m_made.name);
    }

    void card()
    {
        if (!m_made.card)
            return;
        auto const& card = *m_made.card;
        int line = m_file["card"].line;
        auto const* list = m_made.field(card.list);
        if (!list || list->kind != FieldKind::Children)
            return unknown(line, card.list);
        hidden(*list);
        auto const* period = field_in(list->children, card.period);
        auto const* result = field_in(list->children, card.result);
        if (!period || period->kind != FieldKind::Period || list->once_by != card.period)
            unknown(line, card.period);
        if (!result || result->kind != FieldKind::Choice || !result->required)
            unknown(line, card.result);
        for (auto const& state : card.states)
            if (!m_made.state(state))
                unknown(line, state);
    }

    /// Only a public register shows records to everybody, and of them only what is nobody's secret.
    void public_records()
    {
        int line = m_file["public"].line;
        if (!m_made.counts.records.empty() && m_made.data_class != DataClass::Public)
            m_faults.add(line, "definition.records_not_public");
        for (auto const& state : m_made.counts.records)
            if (!m_made.state(state))
                unknown(line, state);
        for (auto const& id : m_made.counts.fields) {
            auto const* field = m_made.field(id);
            if (!field || !field->seen_by.empty() || field->personal || field->kind == FieldKind::Sealed || field->kind == FieldKind::Person)
                unknown(line, id);
        }
        if (m_made.counts.records.empty())
            return;
        // the public searches the words of a record: no word may stand there that it is not shown
        for (auto const& field : m_made.fields) {
            bool words = field.kind == FieldKind::Text || field.kind == FieldKind::LongText || field.kind == FieldKind::Choice || field.kind == FieldKind::Date
                || field.kind == FieldKind::Person || field.kind == FieldKind::Unit || field.kind == FieldKind::Reference;
            if (words && field.seen_by.empty() && std::ranges::find(m_made.counts.fields, field.id) == m_made.counts.fields.end())
                m_faults.add(field.line, "definition.search_would_tell", field.id);
        }
    }

    Register const& m_made;
    Node const& m_file;
    Faults& m_faults;
};

}

void check_tables(Register const& made, Node const& file, Faults& faults) { TableCheck { made, file, faults }.all(); }

}
