#include "definition/register_reader.hpp"
#include <algorithm>
#include <array>
#include <charconv>

namespace kpuhub::definition {

namespace {

constexpr std::size_t most_options = 200;
constexpr std::size_t most_child_fields = 20;

std::optional<std::int64_t> number(std::string const& text)
{
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional { value } : std::nullopt;
}

bool is_key(std::string const& text)
{
    constexpr std::size_t digits = 64;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}

Words RegisterReader::words(Node const& map, std::string_view key, bool required)
{
    if (!map.has(key) && !required)
        return {};
    auto const& node = map[key];
    if (node.kind != Node::Kind::Map) {
        m_faults.add(node.line ? node.line : map.line, "definition.words_missing", std::string { key });
        return {};
    }
    m_faults.only_keys(node, { "id", "en" });
    return { m_faults.required_text(node, "id"), m_faults.required_text(node, "en") };
}

bool RegisterReader::flag(Node const& map, std::string_view key, bool otherwise)
{
    if (!map.has(key))
        return otherwise;
    auto const& text = map[key].text;
    if (text != "true" && text != "false")
        m_faults.add(map[key].line, "definition.yes_no_wrong", std::string { key });
    return text == "true";
}

std::vector<std::string> RegisterReader::names(Node const& map, std::string_view key)
{
    auto const& node = map[key];
    if (node.kind == Node::Kind::Scalar)
        return { node.text };
    return m_faults.optional_texts(map, key);
}

std::vector<std::string> RegisterReader::roles(Node const& map, std::string_view key)
{
    auto found = names(map, key);
    bool superior_too = key == "read";
    for (auto const& role : found)
        if (role != creator && !(superior_too && role == superior) && !m_names.roles.contains(role))
            m_faults.add(map[key].line, "definition.name_unknown", role);
    return found;
}

std::vector<std::string> RegisterReader::doers(Node const& map)
{
    auto found = names(map, "by");
    for (auto const& role : found)
        if (role != creator && role != superior && role != sender && !m_names.roles.contains(role))
            m_faults.add(map["by"].line, "definition.name_unknown", role);
    return found;
}

std::string RegisterReader::name(std::string const& text, int line)
{
    if (!is_name(text))
        m_faults.add(line, "definition.name_wrong", text);
    return text;
}

std::vector<Field> RegisterReader::fields(Node const& map, bool inside_list)
{
    std::vector<Field> found;
    if (map.kind != Node::Kind::Map || map.entries.empty())
        m_faults.add(map.line, "definition.fields_missing");
    for (auto const& [id, node] : map.entries)
        found.push_back(field(id, node, inside_list));
    if (found.size() > (inside_list ? most_child_fields : most_fields))
        m_faults.add(map.line, "definition.fields_many", std::to_string(inside_list ? most_child_fields : most_fields));
    return found;
}

Field RegisterReader::field(std::string const& id, Node const& node, bool inside_list)
{
    Field made;
    made.id = name(id, node.line);
    made.line = node.line;
    m_faults.only_keys(node, { "kind", "label", "hint", "required", "retired", "personal", "form", "decimals", "least", "most", "seen_by", "when",
        "options", "register", "key", "fields", "reach", "lookup", "links", "once_by" });
    m_faults.required_text(node, "kind");
    made.kind = one_of(node, "kind", kind_names, FieldKind::Text);
    made.label = words(node, "label", true);
    made.hint = words(node, "hint", false);
    made.required = flag(node, "required");
    made.retired = flag(node, "retired");
    made.personal = flag(node, "personal");
    made.on_form = flag(node, "form", true);
    made.seen_by = roles(node, "seen_by");
    made.when = condition(node["when"]);
    if (inside_list && (made.when || !made.seen_by.empty()))
        m_faults.add(node.line, "definition.not_in_list", id);
    if (made.required && made.retired)
        m_faults.add(node.line, "definition.retired_required", id);
    field_of_kind(made, node, inside_list);
    worked_out(made, node, inside_list);
    return made;
}

/// Keys whose names check_tables follows once the whole is read.
void RegisterReader::worked_out(Field& field, Node const& node, bool inside_list)
{
    auto only_for = [&](std::string_view key, bool right) {
        if (node.has(key) && !right)
            m_faults.add(node[key].line, "definition.key_not_here", std::string { key });
    };
    bool list = field.kind == FieldKind::Children;
    only_for("reach", field.kind == FieldKind::Reference);
    only_for("lookup", field.kind == FieldKind::Integer || field.kind == FieldKind::Choice);
    only_for("links", list && !inside_list);
    only_for("once_by", list && !inside_list);
    if (node.has("reach")) {
        field.reaches_above = node["reach"].text == "above";
        if (!field.reaches_above)
            m_faults.add(node["reach"].line, "definition.choice_unknown", "reach");
    }
    if (node.has("lookup")) {
        m_faults.only_keys(node["lookup"], { "table", "by" });
        field.lookup = Lookup { m_faults.required_text(node["lookup"], "table"), names(node["lookup"], "by") };
        field.on_form = false;
    }
    if (node.has("links")) {
        m_faults.only_keys(node["links"], { "by", "to", "outside" });
        field.links = Links { m_faults.required_text(node["links"], "by"), m_faults.required_text(node["links"], "to"), m_faults.optional_text(node["links"], "outside") };
    }
    if (node.has("once_by"))
        field.once_by = node["once_by"].text;
}

void RegisterReader::field_of_kind(Field& field, Node const& node, bool inside_list)
{
    constexpr int most_decimals = 6;
    auto only_for = [&](std::string_view key, bool right) {
        if (node.has(key) && !right)
            m_faults.add(node[key].line, "definition.key_not_here", std::string { key });
    };
    bool choice = field.kind == FieldKind::Choice || field.kind == FieldKind::ManyChoice;
    bool counted = field.kind == FieldKind::Integer || field.kind == FieldKind::Money;
    only_for("options", choice);
    only_for("decimals", field.kind == FieldKind::Decimal);
    only_for("register", field.kind == FieldKind::Reference);
    only_for("key", field.kind == FieldKind::Sealed);
    only_for("fields", field.kind == FieldKind::Children);
    only_for("least", counted);
    only_for("most", counted);
    if (choice)
        field.options = options(node);
    if (node.has("decimals"))
        field.decimals = m_faults.required_number(node, "decimals", 1, most_decimals);
    for (auto [key, limit] : { std::pair { "least", &field.least }, { "most", &field.most } })
        if (node.has(key) && !(*limit = number(node[key].text)))
            m_faults.add(node[key].line, "definition.number_wrong", key);
    if (field.least && field.most && *field.least > *field.most)
        m_faults.add(node["most"].line, "definition.number_wrong", "most");
    if (field.kind == FieldKind::Reference) {
        field.refers_to = m_faults.required_text(node, "register");
        if (!m_names.registers.contains(field.refers_to))
            m_faults.add(node.line, "definition.name_unknown", field.refers_to);
    }
    if (field.kind == FieldKind::Sealed && !is_key(field.sealed_to = m_faults.required_text(node, "key")))
        m_faults.add(node.line, "definition.key_wrong", field.id);
    bool simple = field.kind != FieldKind::Children && field.kind != FieldKind::ManyChoice && field.kind != FieldKind::Document
        && field.kind != FieldKind::Sealed;
    if (inside_list && !simple)
        m_faults.add(node.line, "definition.not_in_list", field.id);
    else if (field.kind == FieldKind::Children)
        field.children = fields(node["fields"], true);
}

std::vector<FieldOption> RegisterReader::options(Node const& node)
{
    std::vector<FieldOption> found;
    auto const& map = node["options"];
    if (map.kind != Node::Kind::Map || map.entries.empty() || map.entries.size() > most_options)
        m_faults.add(node.line, "definition.options_missing");
    for (auto const& [value, label] : map.entries) {
        FieldOption option { name(value, label.line), {}, false, m_faults.optional_text(label, "inverse") };
        m_faults.only_keys(label, { "id", "en", "retired", "inverse" });
        option.label = { m_faults.required_text(label, "id"), m_faults.required_text(label, "en") };
        option.retired = flag(label, "retired");
        found.push_back(std::move(option));
    }
    return found;
}

std::optional<Condition> RegisterReader::condition(Node const& node)
{
    if (node.kind == Node::Kind::Empty)
        return std::nullopt;
    m_faults.only_keys(node, { "field", "equals" });
    Condition condition { m_faults.required_text(node, "field"), names(node, "equals") };
    if (condition.equals.empty())
        m_faults.add(node.line, "definition.text_missing", "equals");
    return condition;
}

}
