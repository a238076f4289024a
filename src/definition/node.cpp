#include "definition/node.hpp"
#include "time/date.hpp"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace kpuhub::definition {

namespace {

constexpr int deepest = 16;
constexpr std::size_t largest = 1 << 20;
constexpr int most_values = 200'000;
Node const nothing;

int line_of(YAML::Mark const& mark) { return mark.is_null() ? 0 : mark.line + 1; }

/// Where reading stops at once: too deep or too much.
struct Stop { };

/// Builds the values straight from the parser's events, so that nothing is expanded that we do not allow.
class Builder final : public YAML::EventHandler {
public:
    explicit Builder(Faults& faults) : m_faults(faults) {}
    [[nodiscard]] Node take() { return std::move(m_root); }

    void OnDocumentStart(YAML::Mark const&) override {}
    void OnDocumentEnd() override {}
    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override { scalar(mark, anchor, {}, Node::Kind::Empty); }
    void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override
    {
        m_faults.add(line_of(mark), "definition.shape_wrong");
        scalar(mark, 0, {}, Node::Kind::Empty);
    }
    void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, std::string const& text) override
    {
        refuse_tag(mark, tag);
        scalar(mark, anchor, text, Node::Kind::Scalar);
    }
    void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        refuse_tag(mark, tag);
        open(mark, anchor, Node::Kind::List);
    }
    void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        refuse_tag(mark, tag);
        open(mark, anchor, Node::Kind::Map);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Level {
        Node node;
        bool expects_key = true;    // of a map
        std::string key {};
        int key_line = 0;
    };

    /// yaml-cpp gives "?" for what has no tag and "!" for what stands in quotes.
    void refuse_tag(YAML::Mark const& mark, std::string const& tag)
    {
        if (!tag.empty() && tag != "?" && tag != "!")
            m_faults.add(line_of(mark), "definition.shape_wrong");
    }

    void scalar(YAML::Mark const& mark, YAML::anchor_t anchor, std::string text, Node::Kind kind)
    {
        count(mark, anchor);
        if (!m_open.empty() && m_open.back().node.kind == Node::Kind::Map && m_open.back().expects_key)
            take_key(mark, std::move(text));
        else
            place({ .kind = kind, .line = line_of(mark), .text = std::move(text) });
    }

    void take_key(YAML::Mark const& mark, std::string key)
    {
        auto& level = m_open.back();
        if (level.node.has(key))
            m_faults.add(line_of(mark), "definition.key_twice", key);
        level.key = std::move(key);
        level.key_line = line_of(mark);
        level.expects_key = false;
    }

    void open(YAML::Mark const& mark, YAML::anchor_t anchor, Node::Kind kind)
    {
        count(mark, anchor);
        if (static_cast<int>(m_open.size()) >= deepest)
            stop(mark);
        if (!m_open.empty() && m_open.back().node.kind == Node::Kind::Map && m_open.back().expects_key) {
            m_faults.add(line_of(mark), "definition.key_not_text");
            throw Stop {};
        }
        m_open.push_back({ .node = { .kind = kind, .line = line_of(mark) } });
    }

    void close()
    {
        auto node = std::move(m_open.back().node);
        m_open.pop_back();
        place(std::move(node));
    }

    void place(Node node)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        auto& level = m_open.back();
        if (level.node.kind == Node::Kind::List) {
            level.node.items.push_back(std::move(node));
            return;
        }
        if (node.kind == Node::Kind::List || node.kind == Node::Kind::Map)
            node.line = level.key_line;         // in a block they begin on the line below
        level.node.entries.emplace_back(std::move(level.key), std::move(node));
        level.expects_key = true;
    }

    void count(YAML::Mark const& mark, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            m_faults.add(line_of(mark), "definition.shape_wrong");
        if (++m_values > most_values)
            stop(mark);
    }

    [[noreturn]] void stop(YAML::Mark const& mark)
    {
        m_faults.add(line_of(mark), "definition.too_large");
        throw Stop {};
    }

    Faults& m_faults;
    Node m_root;
    std::vector<Level> m_open;
    int m_values = 0;
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
    if (text.size() > largest) {
        faults.add(1, "definition.too_large");
        return faults.failure();
    }
    Builder builder { faults };
    try {
        std::istringstream stream { std::string { text } };
        YAML::Parser parser { stream };
        parser.HandleNextDocument(builder);
        if (parser.HandleNextDocument(builder))
            faults.add(1, "definition.shape_wrong");
    } catch (Stop const&) {
        return faults.failure();
    } catch (YAML::Exception const& exception) {
        faults.add(line_of(exception.mark), "definition.not_yaml");
    }
    auto root = builder.take();
    if (faults.none() && root.kind != Node::Kind::Map)
        faults.add(1, "definition.not_map");
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

std::vector<std::pair<std::string, Node>> const& Faults::optional_pairs(Node const& map, std::string_view key)
{
    auto const& value = map[key];
    if (map.has(key) && value.kind != Node::Kind::Map)
        add(value.line, "definition.not_map", std::string { key });
    return value.entries;
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
