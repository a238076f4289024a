#include "definition/node.hpp"
#include "text/yaml_shape.hpp"
#include "time/date.hpp"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace kpuhub::definition {

namespace {

constexpr int deepest = 16;
constexpr int most_values = 200'000;
Node const nothing;

int line_of(YAML::Mark const& mark) { return mark.is_null() ? 0 : mark.line + 1; }

/// Turns yaml-cpp's shared graph into values; counting here is what stops aliases that multiply.
class Converter {
public:
    explicit Converter(Faults& faults) : m_faults(faults) {}

    Node convert(YAML::Node const& from, int depth = 0)
    {
        Node node { .line = line_of(from.Mark()) };
        if (++m_values > most_values || depth > deepest) {
            if (!m_stopped)
                m_faults.add(node.line, "definition.too_large");
            m_stopped = true;
            return node;
        }
        if (from.IsScalar()) {
            node.kind = Node::Kind::Scalar;
            node.text = from.Scalar();
        } else if (from.IsSequence()) {
            node.kind = Node::Kind::List;
            for (auto const& item : from) {
                if (m_stopped)
                    break;
                node.items.push_back(convert(item, depth + 1));
            }
        } else if (from.IsMap()) {
            node.kind = Node::Kind::Map;
            convert_entries(from, node, depth);
        }
        return node;
    }

private:
    void convert_entries(YAML::Node const& from, Node& node, int depth)
    {
        for (auto const& entry : from) {
            if (m_stopped)
                return;
            if (!entry.first.IsScalar()) {
                m_faults.add(line_of(entry.first.Mark()), "definition.key_not_text");
                continue;
            }
            auto key = entry.first.Scalar();
            if (node.has(key))
                m_faults.add(line_of(entry.first.Mark()), "definition.key_twice", key);
            node.entries.emplace_back(std::move(key), convert(entry.second, depth + 1));
        }
    }

    Faults& m_faults;
    int m_values = 0;
    bool m_stopped = false;
};

}

Node const& Node::operator[](std::string_view key) const
{
    auto found = std::ranges::find(entries, key, [](auto const& entry) -> std::string_view { return entry.first; });
    return found == entries.end() ? nothing : found->second;
}

bool Node::has(std::string_view key) const { return &(*this)[key] != &nothing; }

Result<Node> parse(std::string_view file, std::string_view text)
{
    Faults faults { file };
    Node root;
    if (text.size() > text::YamlLimits {}.bytes) {
        faults.add(1, "definition.too_large");
        return faults.failure();
    }
    auto shape = text::check_yaml(text);
    try {
        root = Converter { faults }.convert(YAML::Load(std::string { text }));
    } catch (YAML::Exception const& exception) {
        faults.add(line_of(exception.mark), "definition.not_yaml");
    }
    if (faults.none() && root.kind != Node::Kind::Map)
        faults.add(1, "definition.not_map");
    if (faults.none() && !shape)
        faults.add(1, "definition.shape_wrong");
    if (!faults.none())
        return faults.failure();
    return root;
}

void Faults::add(int line, std::string message_key, std::string argument)
{
    m_fields.push_back({ fmt::format("{}:{}", m_file, std::max(line, 1)), std::move(message_key), std::move(argument) });
}

Failure Faults::failure() const
{
    return fail({ FaultKind::Invalid, "definition.file_wrong", {}, m_fields, m_file });
}

std::string Faults::required_text(Node const& map, std::string_view key)
{
    auto const& value = map[key];
    if (value.kind != Node::Kind::Scalar || value.text.empty()) {
        add(value.line ? value.line : map.line, "definition.text_missing", std::string { key });
        return {};
    }
    return value.text;
}

std::string Faults::optional_text(Node const& map, std::string_view key)
{
    return map.has(key) ? required_text(map, key) : std::string {};
}

std::vector<std::string> Faults::optional_texts(Node const& map, std::string_view key)
{
    std::vector<std::string> texts;
    if (!map.has(key))
        return texts;
    for (auto const& item : required_list(map, key)) {
        if (item.kind != Node::Kind::Scalar)
            add(item.line, "definition.text_missing", std::string { key });
        texts.push_back(item.text);
    }
    return texts;
}

std::vector<Node> const& Faults::required_list(Node const& map, std::string_view key)
{
    auto const& value = map[key];
    if (value.kind != Node::Kind::List)
        add(value.line ? value.line : map.line, "definition.list_missing", std::string { key });
    return value.items;
}

int Faults::required_number(Node const& map, std::string_view key, int least, int most)
{
    auto text = required_text(map, key);
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty())
        return least;
    if (error != std::errc {} || end != text.data() + text.size() || number < least || number > most) {
        add(map[key].line, "definition.number_wrong", std::string { key });
        return least;
    }
    return number;
}

void Faults::only_keys(Node const& map, std::initializer_list<std::string_view> known)
{
    if (map.kind != Node::Kind::Map)
        add(map.line, "definition.not_map");
    for (auto const& [key, value] : map.entries)
        if (std::ranges::find(known, key) == known.end())
            add(value.line, "definition.key_unknown", key);
}

Heading read_heading(Node const& file, Faults& faults)
{
    Heading heading;
    heading.id = faults.required_text(file, "id");
    heading.version = faults.required_number(file, "version", 1, 100'000);
    heading.valid_from = faults.required_text(file, "valid_from");
    if (!heading.valid_from.empty() && !time::Date::from_iso(heading.valid_from))
        faults.add(file["valid_from"].line, "definition.date_wrong", "valid_from");
    heading.source = faults.required_text(file, "source");
    faults.required_text(file["title"], "id");
    faults.required_text(file["title"], "en");
    return heading;
}

}
