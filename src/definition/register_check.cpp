#include "definition/register_reader.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::definition {

namespace {

/// The checks of one register; each notes the line of the part that it speaks of.
class Check {
public:
    Check(Register const& made, Node const& file, Faults& faults) : m_made(made), m_file(file), m_faults(faults) {}

    void all()
    {
        names();
        conditions();
        steps();
        reachable();
        clocks();
        list_and_counts();
    }

private:
    void names()
    {
        constexpr std::size_t longest = 63;     // PostgreSQL cuts longer names
        for (auto const& field : m_made.fields) {
            bool own_table = field.kind == FieldKind::Children || field.kind == FieldKind::ManyChoice;
            if (own_table && m_made.table().size() + 2 + field.id.size() > longest - 5)
                m_faults.add(field.line, "definition.name_wrong", field.id);
        }
        if (!m_made.state(m_made.start))
            m_faults.add(m_file["flow"]["start"].line, "definition.name_unknown", m_made.start);
    }

    void conditions()
    {
        for (auto const& field : m_made.fields) {
            if (!field.when)
                continue;
            auto const* other = m_made.field(field.when->field);
            if (!other || other == &field || other->when) {
                m_faults.add(field.line, "definition.name_unknown", field.when->field);
                continue;
            }
            for (auto const& value : field.when->equals) {
                bool known = other->kind == FieldKind::YesNo ? value == "yes" || value == "no" : other->option(value) != nullptr;
                if (!known)
                    m_faults.add(field.line, "definition.name_unknown", value);
            }
        }
    }

    void steps()
    {
        for (auto const& step : m_made.steps) {
            for (auto const& state : step.from)
                known_state(state, step.line);
            known_state(step.to, step.line);
            for (auto const& other : step.not_by)
                if (other != creator && !m_made.step(other))
                    m_faults.add(step.line, "definition.name_unknown", other);
            for (auto const* list : { &step.needs, &step.asks })
                for (auto const& id : *list)
                    step_field(step, id);
        }
    }

    /// Who does the step must be able to see what it asks.
    void step_field(Step const& step, std::string const& id)
    {
        auto const* field = m_made.field(id);
        if (!field || field->kind == FieldKind::Children) {
            m_faults.add(step.line, "definition.name_unknown", id);
            return;
        }
        if (field->lookup)
            m_faults.add(step.line, "definition.lookup_typed", id);
        for (auto const& role : step.by)
            if (!field->seen_by.empty() && std::ranges::find(field->seen_by, role) == field->seen_by.end())
                m_faults.add(step.line, "definition.step_blind", id);
    }

    void known_state(std::string const& id, int line)
    {
        if (!m_made.state(id))
            m_faults.add(line, "definition.name_unknown", id);
    }

    void reachable()
    {
        auto reached = from(m_made.start);
        for (auto const& state : m_made.states)
            if (!reached.contains(state.id))
                m_faults.add(m_file["flow"]["states"][state.id].line, "definition.state_unreachable", state.id);
    }

    std::set<std::string, std::less<>> from(std::string const& start) const
    {
        std::set<std::string, std::less<>> reached { start };
        for (bool more = true; more;) {
            more = false;
            for (auto const& step : m_made.steps)
                if (std::ranges::any_of(step.from, [&](auto const& state) { return reached.contains(state); }))
                    more = reached.insert(step.to).second || more;
        }
        return reached;
    }

    void clocks()
    {
        for (auto const& clock : m_made.clocks) {
            for (auto const& state : clock.stops_on)
                known_state(state, clock.line);
            for (auto const& state : clock.pauses_in)
                known_state(state, clock.line);
            auto begin = m_made.start;
            if (clock.starts.starts_with("state:")) {
                begin = clock.starts.substr(6);
                known_state(begin, clock.line);
            } else if (clock.starts != "created") {
                auto const* field = m_made.field(clock.starts);
                if (!field || (field->kind != FieldKind::Date && field->kind != FieldKind::Instant))
                    m_faults.add(clock.line, "definition.name_unknown", clock.starts);
            }
            // counted from a day that was written down, a limit may end with the making of the record itself
            bool by_field = begin == m_made.start && m_made.field(clock.starts);
            auto after = from(begin);
            if (std::ranges::none_of(clock.stops_on, [&](auto const& state) { return (by_field || state != begin) && after.contains(state); }))
                m_faults.add(clock.line, "definition.clock_endless", clock.id);
        }
    }

    void list_and_counts()
    {
        for (auto const& id : m_made.columns) {
            auto const* field = m_made.field(id);
            if (!field || !in_list(field->kind))
                m_faults.add(m_file["list"].line, "definition.name_unknown", id);
        }
        for (auto const& id : m_made.counts.by) {
            auto const* field = m_made.field(id);
            if (!field || field->kind != FieldKind::Choice || !field->seen_by.empty())
                m_faults.add(m_file["public"].line, "definition.name_unknown", id);
        }
    }

    static bool in_list(FieldKind kind)
    {
        return kind != FieldKind::Children && kind != FieldKind::Sealed && kind != FieldKind::ManyChoice && kind != FieldKind::Document;
    }

    Register const& m_made;
    Node const& m_file;
    Faults& m_faults;
};

/// What nobody named for the list: the first four plain fields.
std::vector<std::string> default_columns(std::vector<Field> const& fields)
{
    constexpr std::size_t shown = 4;
    std::vector<std::string> columns;
    for (auto const& field : fields)
        if (columns.size() < shown && field.kind != FieldKind::LongText && field.kind != FieldKind::Children && field.kind != FieldKind::Sealed
            && field.kind != FieldKind::ManyChoice && field.kind != FieldKind::Document && field.seen_by.empty())
            columns.push_back(field.id);
    return columns;
}

void read_duties(RegisterReader& reader, Node const& root, Register& made, Faults& faults)
{
    constexpr int longest_years = 100;
    faults.required_text(root, "class");
    made.data_class = reader.one_of(root, "class", class_names, DataClass::Internal);
    made.purpose = reader.words(root, "purpose", true);
    made.legal_basis = faults.required_text(root, "legal_basis");
    if (root["retention"].kind != Node::Kind::Map)
        return faults.add(root.line, "definition.text_missing", "retention");
    auto const& retention = root["retention"];
    faults.only_keys(retention, { "years", "after" });
    made.retention.years = faults.required_number(retention, "years", 1, longest_years);
    auto after = faults.optional_text(retention, "after");
    if (after != "closed" && after != "created" && !after.empty())
        faults.add(retention.line, "definition.choice_unknown", "after");
    made.retention.after_closing = after != "created";
}

void read_counts(RegisterReader& reader, Node const& root, Register& made, Faults& faults)
{
    auto const& map = root["public"];
    if (map.kind == Node::Kind::Empty)
        return;
    constexpr int least_cell = 5, largest_cell = 1000;
    faults.only_keys(map, { "counts", "small_cells_below", "by", "records", "fields" });
    made.counts.counts = reader.flag(map, "counts");
    made.counts.by = reader.names(map, "by");
    made.counts.records = reader.names(map, "records");
    made.counts.fields = reader.names(map, "fields");
    bool careful = made.data_class == DataClass::Personal || made.data_class == DataClass::Specific;
    made.counts.small_cells_below = map.has("small_cells_below")
        ? faults.required_number(map, "small_cells_below", careful ? least_cell : 0, largest_cell) : least_cell;
}

/// A field that a step asks and that is not required from the start belongs to the step, unless the file says otherwise.
void leave_to_steps(Register& made, Node const& root)
{
    for (auto& field : made.fields) {
        if (field.required || root["fields"][field.id].has("form"))
            continue;
        for (auto const& step : made.steps)
            for (auto const* list : { &step.needs, &step.asks })
                if (std::ranges::find(*list, field.id) != list->end())
                    field.on_form = false;
    }
}

}

void check_register(Register const& made, Node const& file, Faults& faults) { Check { made, file, faults }.all(); }

Result<Register> load_register(std::string_view file, std::string_view text, KnownNames const& names)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "source", "class", "purpose", "legal_basis", "retention", "systems", "phrases", "title",
        "lead", "fields", "access", "flow", "clocks", "numbering", "list", "public", "retired", "name", "tables", "card" });
    auto heading = read_heading(root, faults);
    auto known = names;
    known.registers.insert(heading.id);         // records may refer to others of their own register
    RegisterReader reader { faults, known };
    Register made;
    made.id = reader.name(heading.id, root["id"].line);
    made.version = heading.version;
    made.valid_from = heading.valid_from;
    made.source = heading.source;
    made.title = reader.words(root, "title", true);
    made.lead = reader.words(root, "lead", false);
    made.systems = faults.optional_texts(root, "systems");
    made.phrases = faults.optional_texts(root, "phrases");
    made.retired = reader.flag(root, "retired");
    read_duties(reader, root, made, faults);
    made.fields = reader.fields(root["fields"], false);
    reader.flow(root["flow"], made);
    reader.access(root["access"], made);
    made.clocks = reader.clocks(root["clocks"]);
    made.numbering = reader.numbering(root["numbering"]);
    if (root.has("list"))
        faults.only_keys(root["list"], { "columns" });
    made.columns = reader.names(root["list"], "columns");
    if (made.columns.empty())
        made.columns = default_columns(made.fields);
    read_counts(reader, root, made, faults);
    made.name = faults.optional_text(root, "name");
    made.tables = reader.tables(root["tables"]);
    made.card = reader.card(root["card"]);
    leave_to_steps(made, root);
    check_register(made, root, faults);
    check_tables(made, root, faults);
    if (!faults.none())
        return faults.failure();
    return made;
}

}
