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
        public_door();
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
            for (auto const* list : { &step.before, &step.after })
                for (auto const& clock : *list)
                    known_clock(clock, step.line);
            if (!step.numbers.empty())
                known_field(step.numbers, step.line, { FieldKind::Text });
        }
    }

    /// Who does the step must be able to see what it asks; who sent the record in brings it himself.
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
            if (role != sender && !field->seen_by.empty() && std::ranges::find(field->seen_by, role) == field->seen_by.end())
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
        if (!m_made.received.empty())
            known_field(m_made.received, m_file["received"].line, { FieldKind::Date, FieldKind::Instant });
        for (auto at = m_made.clocks.begin(); at != m_made.clocks.end(); ++at) {
            auto const& clock = *at;
            for (auto const* list : { &clock.stops_on, &clock.pauses_in, &clock.reopens_in })
                for (auto const& state : *list)
                    known_state(state, clock.line);
            if (!clock.continues.empty() && std::none_of(m_made.clocks.begin(), at, [&](auto const& other) { return other.id == clock.continues; }))
                m_faults.add(clock.line, "definition.name_unknown", clock.continues);
            auto const* chooser = m_made.field(clock.rule_by);
            if (chooser && chooser->kind != FieldKind::Choice)
                chooser = nullptr;
            if (!clock.rule_by.empty() && !chooser)
                m_faults.add(clock.line, "definition.name_unknown", clock.rule_by);
            for (auto const& [value, rule] : clock.rules)
                if (chooser && !chooser->option(value))
                    m_faults.add(clock.line, "definition.name_unknown", value);
            if (std::ranges::none_of(clock.starts, [&](auto const& start) { return ends(clock, start); }))
                m_faults.add(clock.line, "definition.clock_endless", clock.id);
        }
    }

    /// Whether a clock that starts so comes to an end. Counted from a day that was written down, it may end with the making of the record.
    bool ends(RegisterClock const& clock, std::string const& start)
    {
        auto begin = m_made.start;
        if (start.starts_with("state:")) {
            begin = start.substr(6);
            known_state(begin, clock.line);
        } else if (start.starts_with("step:")) {
            auto const* step = m_made.step(start.substr(5));
            if (!step)
                m_faults.add(clock.line, "definition.name_unknown", start);
            begin = step ? step->to : begin;
        } else if (start != "created") {
            auto const* field = m_made.field(start);
            if (!field || (field->kind != FieldKind::Date && field->kind != FieldKind::Instant))
                m_faults.add(clock.line, "definition.name_unknown", start);
        }
        bool by_field = begin == m_made.start && m_made.field(start);
        auto after = from(begin);
        return std::ranges::any_of(clock.stops_on, [&](auto const& state) { return (by_field || state != begin) && after.contains(state); });
    }

    void known_clock(std::string const& id, int line)
    {
        if (!m_made.clock(id))
            m_faults.add(line, "definition.name_unknown", id);
    }

    void known_field(std::string const& id, int line, std::initializer_list<FieldKind> kinds)
    {
        auto const* field = m_made.field(id);
        if (!field || (kinds.size() > 0 && std::ranges::find(kinds, field->kind) == kinds.end()))
            m_faults.add(line, "definition.name_unknown", id);
    }

    /// What the public page counts, and what who sends a record in fills in and sees.
    void public_door()
    {
        auto const line = m_file["public"].line;
        for (auto const& group : m_made.counts.groups)
            for (auto const& state : group.states)
                known_state(state, line);
        for (auto const& state : m_made.counts.passed_through)
            known_state(state, line);
        for (auto const& state : m_made.counts.answered_in)
            known_state(state, line);
        for (auto const& clock : m_made.counts.timed_by)
            known_clock(clock, line);
        bool sent = std::ranges::any_of(m_made.steps, [](auto const& step) { return std::ranges::find(step.by, sender) != step.by.end(); });
        if (sent && !m_made.counts.intake)
            m_faults.add(m_file["flow"].line, "definition.intake_missing", std::string { sender });
        if (m_made.counts.intake)
            intake(*m_made.counts.intake, m_file["public"]["intake"].line);
    }

    void intake(Intake const& door, int line)
    {
        for (auto const& id : door.fields) {
            known_field(id, line, {});
            auto const* field = m_made.field(id);
            bool foreign = field && (field->kind == FieldKind::Children || field->kind == FieldKind::Sealed || field->kind == FieldKind::Person
                || field->kind == FieldKind::Reference || field->kind == FieldKind::Unit);
            if (foreign)            // a list to choose from would tell strangers who and what there is
                m_faults.add(line, "definition.not_public", id);
        }
        for (auto const& [id, value] : door.sets) {
            known_field(id, line, { FieldKind::Choice, FieldKind::Date, FieldKind::Instant, FieldKind::YesNo });
            auto const* field = m_made.field(id);
            if (field && field->kind == FieldKind::Choice && !field->option(value))
                m_faults.add(line, "definition.name_unknown", value);
        }
        for (auto const& id : door.shows)
            known_field(id, line, { FieldKind::Text, FieldKind::LongText, FieldKind::Choice, FieldKind::ManyChoice, FieldKind::Date, FieldKind::Instant, FieldKind::Money,
                FieldKind::YesNo, FieldKind::Integer });
        for (auto const& id : door.releases)
            known_field(id, line, { FieldKind::Document });
        if (!door.contact.empty())
            known_field(door.contact, line, { FieldKind::Text });
        for (auto const& field : m_made.fields) {
            bool asked = std::ranges::find(door.fields, field.id) != door.fields.end() || door.sets.contains(field.id);
            if (field.required && !field.retired && !field.when && !asked)
                m_faults.add(field.line, "definition.intake_lacks", field.id);
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
        return faults.add(root.has("retention") ? root["retention"].line : root.line, "definition.text_missing", "retention");
    auto const& retention = root["retention"];
    faults.only_keys(retention, { "years", "after" });
    made.retention.years = faults.required_number(retention, "years", 1, longest_years);
    auto after = faults.optional_text(retention, "after");
    if (after != "closed" && after != "created" && !after.empty())
        faults.add(retention.line, "definition.choice_unknown", "after");
    made.retention.after_closing = after != "created";
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
        "lead", "fields", "access", "flow", "clocks", "received", "numbering", "list", "public", "retired", "name", "tables", "card" });
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
    made.systems = systems_in(root, faults);
    made.phrases = faults.optional_texts(root, "phrases");
    made.retired = reader.flag(root, "retired");
    read_duties(reader, root, made, faults);
    made.fields = reader.fields(root["fields"], false);
    reader.flow(root["flow"], made);
    reader.access(root["access"], made);
    made.clocks = reader.clocks(root);
    made.received = faults.optional_text(root, "received");
    made.numbering = reader.numbering(root["numbering"]);
    if (root.has("list"))
        faults.only_keys(root["list"], { "columns" });
    made.columns = reader.names(root["list"], "columns");
    if (made.columns.empty())
        made.columns = default_columns(made.fields);
    reader.counts(root["public"], made);
    made.name = faults.optional_text(root, "name");
    made.tables = reader.tables(root);
    made.card = reader.card(root["card"]);
    leave_to_steps(made, root);
    check_register(made, root, faults);
    check_tables(made, root, faults);
    if (!faults.none())
        return faults.failure();
    return made;
}

}
