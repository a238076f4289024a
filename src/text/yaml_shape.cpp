#include "text/yaml_shape.hpp"
#include <fmt/format.h>
#include <istream>
#include <set>
#include <streambuf>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace kpuhub::text {

namespace {

class Bytes final : public std::streambuf {
public:
    explicit Bytes(std::string_view text)
    {
        auto* start = const_cast<char*>(text.data());   // read only: a streambuf has no const area
        setg(start, start, start + text.size());
    }
};

/// Walks the events of the parser and throws YAML::ParserException at the first thing we do not allow.
class ShapeCheck final : public YAML::EventHandler {
public:
    explicit ShapeCheck(int depth) : m_depth(depth) {}

    void OnDocumentStart(YAML::Mark const&) override {}
    void OnDocumentEnd() override {}
    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override { value(mark, anchor, {}); }
    void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override { throw YAML::ParserException(mark, "alias"); }
    void OnScalar(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor, std::string const& text) override
    {
        value(mark, anchor, text);
    }
    void OnSequenceStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, anchor, false);
    }
    void OnSequenceEnd() override { m_open.pop_back(); }
    void OnMapStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, anchor, true);
    }
    void OnMapEnd() override { m_open.pop_back(); }

private:
    struct Level {
        bool map = false;
        bool at_key = true;
        std::set<std::string> keys {};
    };

    void value(YAML::Mark const& mark, YAML::anchor_t anchor, std::string const& text)
    {
        if (anchor != 0)
            throw YAML::ParserException(mark, "anchor");
        if (m_open.empty() || !m_open.back().map)
            return;
        auto& level = m_open.back();
        if (level.at_key && !level.keys.insert(text).second)
            throw YAML::ParserException(mark, "key twice");
        level.at_key = !level.at_key;
    }

    void open(YAML::Mark const& mark, YAML::anchor_t anchor, bool map)
    {
        if (!m_open.empty() && m_open.back().map && m_open.back().at_key)
            throw YAML::ParserException(mark, "key that is not plain text");
        value(mark, anchor, {});
        if (static_cast<int>(m_open.size()) >= m_depth)
            throw YAML::ParserException(mark, "too deep");
        m_open.push_back({ .map = map });
    }

    int m_depth;
    std::vector<Level> m_open;
};

}

Result<void> check_yaml(std::string_view yaml, YamlLimits limits)
{
    auto refused = [](std::string detail) {
        return fail({ .kind = FaultKind::Invalid, .message_key = "fault.yaml", .detail = std::move(detail) });
    };
    if (yaml.size() > limits.bytes)
        return refused(fmt::format("YAML of {} bytes, at most {}", yaml.size(), limits.bytes));
    Bytes bytes { yaml };
    std::istream stream { &bytes };
    try {
        YAML::Parser parser { stream };
        ShapeCheck check { limits.depth };
        parser.HandleNextDocument(check);
        if (parser.HandleNextDocument(check))
            return refused("YAML with more than one document");
    } catch (YAML::Exception const& error) {
        return refused(fmt::format("YAML line {}: {}", error.mark.line + 1, error.msg));
    }
    return {};
}

}
