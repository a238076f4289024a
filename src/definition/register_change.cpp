#include "definition/register_change.hpp"
#include <algorithm>

namespace kpuhub::definition {

namespace {

class Comparison {
public:
    explicit Comparison(std::string_view file) : m_faults(file) {}

    void registers(Register const& before, Register const& now)
    {
        if (now.version != before.version + 1)
            m_faults.add(1, "definition.version_wrong", std::to_string(before.version + 1));
        if (now.data_class < before.data_class)
            m_faults.add(1, "definition.class_laxer", std::string { to_text(before.data_class) });
        if (now.start != before.start)
            m_faults.add(1, "definition.change_refused", "start");
        fields(before.fields, now.fields, "field ");
        kept(before.states, now.states, "state ");
        kept(before.steps, now.steps, "step ");
        kept(before.clocks, now.clocks, "clock ");
        if (now.retired && !before.retired)
            m_changes.push_back({ Change::Kind::Retired, "register" });
        if (m_changes.empty())
            m_changes.push_back({ Change::Kind::Altered, "words" });
    }

    Result<std::vector<Change>> result()
    {
        if (!m_faults.none())
            return m_faults.failure();
        return std::move(m_changes);
    }

private:
    template<typename List>
    static auto find(List const& list, std::string const& id)
    {
        return std::ranges::find_if(list, [&](auto const& each) { return each.id == id; });
    }

    /// Nothing that stood may go: records show by it.
    template<typename List>
    void kept(List const& before, List const& now, std::string const& word)
    {
        for (auto const& each : before)
            if (find(now, each.id) == now.end())
                m_faults.add(1, "definition.deleted", word + each.id);
        for (auto const& each : now)
            if (find(before, each.id) == before.end())
                m_changes.push_back({ Change::Kind::Added, word + each.id });
    }

    void fields(std::vector<Field> const& before, std::vector<Field> const& now, std::string const& word)
    {
        kept(before, now, word);
        for (auto const& field : now) {
            auto old = find(before, field.id);
            if (old == before.end())
                continue;
            bool same = old->kind == field.kind && old->decimals == field.decimals && old->refers_to == field.refers_to;
            if (!same)
                m_faults.add(field.line, "definition.kind_changed", field.id);
            if (!old->seen_by.empty() && !stricter(old->seen_by, field.seen_by))
                m_faults.add(field.line, "definition.seen_by_laxer", field.id);
            if (old->personal && !field.personal)
                m_faults.add(field.line, "definition.change_refused", field.id + ": personal");
            if (field.retired && !old->retired)
                m_changes.push_back({ Change::Kind::Retired, word + field.id });
            options(*old, field);
            fields(old->children, field.children, word + field.id + ".");
        }
    }

    static bool stricter(std::vector<std::string> const& before, std::vector<std::string> const& now)
    {
        return !now.empty() && std::ranges::all_of(now, [&](auto const& role) { return std::ranges::find(before, role) != before.end(); });
    }

    void options(Field const& before, Field const& now)
    {
        for (auto const& option : before.options)
            if (!now.option(option.value))
                m_faults.add(now.line, "definition.deleted", now.id + "." + option.value);
        for (auto const& option : now.options)
            if (!before.option(option.value))
                m_changes.push_back({ Change::Kind::Added, "option " + now.id + "." + option.value });
    }

    Faults m_faults;
    std::vector<Change> m_changes;
};

std::string column(Field const& field)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Decimal:
    case FieldKind::Money:
    case FieldKind::Instant:
    case FieldKind::YesNo: return "f_" + field.id + " BIGINT";
    case FieldKind::Person: return "f_" + field.id + " BIGINT REFERENCES person (id)";
    case FieldKind::Unit: return "f_" + field.id + " BIGINT REFERENCES unit (id)";
    case FieldKind::Document: return "f_" + field.id + " BIGINT REFERENCES record_file (id)";
    case FieldKind::Reference: return "f_" + field.id + " BIGINT REFERENCES r_" + field.refers_to + " (subject_id)";
    default: return "f_" + field.id + " TEXT";
    }
}

bool own_table(Field const& field) { return field.kind == FieldKind::ManyChoice || field.kind == FieldKind::Children; }

void make_table(Register const& now, Field const& field, std::vector<std::string>& statements)
{
    auto table = now.table() + "__" + field.id;
    if (field.kind == FieldKind::ManyChoice) {
        statements.push_back("CREATE TABLE " + table + " (subject_id BIGINT NOT NULL REFERENCES " + now.table()
            + " (subject_id), choice TEXT NOT NULL, PRIMARY KEY (subject_id, choice))");
        return;
    }
    auto text = "CREATE TABLE " + table + " (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, subject_id BIGINT NOT NULL REFERENCES "
        + now.table() + " (subject_id)";
    for (auto const& child : field.children)
        text += ", " + column(child);
    statements.push_back(text + ")");
    statements.push_back("CREATE INDEX " + table + "_by ON " + table + " (subject_id, id)");
    if (field.links)
        statements.push_back("CREATE INDEX " + table + "_to ON " + table + " (f_" + field.links->to + ")");
}

void widen(Register const& now, Field const& field, Field const& before, std::vector<std::string>& statements)
{
    for (auto const& child : field.children)
        if (std::ranges::none_of(before.children, [&](auto const& old) { return old.id == child.id; }))
            statements.push_back("ALTER TABLE " + now.table() + "__" + field.id + " ADD COLUMN " + column(child));
}

}

Result<std::vector<Change>> compare(std::string_view file, Register const& before, Register const& now)
{
    Comparison comparison { file };
    comparison.registers(before, now);
    return comparison.result();
}

std::vector<std::string> statements_for(Register const& now, Register const* before)
{
    std::vector<std::string> statements;
    if (!before) {
        // subject_id shares its number with the subject; number as printed; created_by: none = came through the public door; search: normalised words that every reader may see
        auto text = "CREATE TABLE " + now.table() + " (subject_id BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind = '" + now.table()
            + "'), number TEXT, created_by BIGINT REFERENCES person (id), search TEXT NOT NULL DEFAULT ''";
        for (auto const& field : now.fields)
            if (!own_table(field))
                text += ", " + column(field);
        statements.push_back(text + ", FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind))");
        statements.push_back("CREATE INDEX " + now.table() + "_by_maker ON " + now.table() + " (created_by, subject_id)");
    }
    for (auto const& field : now.fields) {
        auto const* old = before ? before->field(field.id) : nullptr;
        if (old)
            widen(now, field, *old, statements);
        else if (own_table(field))
            make_table(now, field, statements);
        else if (before)
            statements.push_back("ALTER TABLE " + now.table() + " ADD COLUMN " + column(field));
    }
    return statements;
}

}
