#include "view/schema_visitor.hpp"
#include "text/escape.hpp"

namespace kpuhub::view {

static constexpr std::string_view text_schema = R"({"type":"string"})";
static constexpr std::string_view integer_schema = R"({"type":"integer"})";
static constexpr std::string_view ratio_schema =
    R"({"type":"object","properties":{"numerator":{"type":"integer"},"denominator":{"type":"integer"}},"required":["numerator","denominator"],"additionalProperties":false})";
static constexpr std::string_view sentence_schema =
    R"({"type":"object","properties":{"key":{"type":"string"},"arguments":{"type":"array"}},"required":["key","arguments"],"additionalProperties":false})";

std::string SchemaVisitor::object(Open const& open)
{
    return R"({"type":"object","properties":{)" + open.properties + R"(},"required":[)" + open.required + R"(],"additionalProperties":false})";
}

std::string SchemaVisitor::schema_json() { return object(m_open.front()); }

void SchemaVisitor::property(std::string_view name, std::string_view schema)
{
    auto& open = m_open.back();
    if (!open.properties.empty()) {
        open.properties += ',';
        open.required += ',';
    }
    text::escape_json(open.properties, name);
    text::escape_json(open.required, name);
    open.properties += ':';
    if (m_optional)
        open.properties.append(R"({"anyOf":[)").append(schema).append(R"(,{"type":"null"}]})");
    else
        open.properties += schema;
    m_optional = false;
}

void SchemaVisitor::field(std::string_view name, std::string_view) { property(name, text_schema); }
void SchemaVisitor::field(std::string_view name, std::int64_t) { property(name, integer_schema); }
void SchemaVisitor::field(std::string_view name, bool) { property(name, R"({"type":"boolean"})"); }
void SchemaVisitor::field(std::string_view name, time::Date) { property(name, R"({"type":"string","format":"date"})"); }
void SchemaVisitor::field(std::string_view name, Moment const&) { property(name, R"({"type":"string","format":"date-time"})"); }
void SchemaVisitor::field(std::string_view name, Ratio const&) { property(name, ratio_schema); }
void SchemaVisitor::field(std::string_view name, Money const&) { property(name, integer_schema); }
void SchemaVisitor::field(std::string_view name, Year) { property(name, integer_schema); }
void SchemaVisitor::field(std::string_view name, Link const&) { property(name, R"({"type":"string","format":"uri-reference"})"); }
void SchemaVisitor::field(std::string_view name, Choice const&) { property(name, text_schema); }
void SchemaVisitor::field(std::string_view name, Sentence const&) { property(name, sentence_schema); }
void SchemaVisitor::field(std::string_view name, Plain) { property(name, sentence_schema); }

void SchemaVisitor::optional_schema(std::string_view, std::function<void()> const& describe)
{
    m_optional = true;
    describe();
    m_optional = false;
}

/// The flag belongs to the part itself, not to what is inside it.
void SchemaVisitor::begin_object(std::string_view name)
{
    m_open.push_back({ (m_optional ? "?" : "") + std::string { name } });
    m_optional = false;
}

void SchemaVisitor::end_object()
{
    auto const open = std::move(m_open.back());
    m_open.pop_back();
    m_optional = open.name.starts_with('?');
    property(std::string_view { open.name }.substr(m_optional ? 1 : 0), object(open));
}

void SchemaVisitor::begin_list(std::string_view name, std::size_t) { m_open.push_back({ std::string { name } }); }
void SchemaVisitor::begin_item() { m_open.push_back({}); }

void SchemaVisitor::end_item()
{
    auto item = object(m_open.back());
    m_open.pop_back();
    m_open.back().item = std::move(item);
}

void SchemaVisitor::text_item(std::string_view) { m_open.back().item = text_schema; }

void SchemaVisitor::end_list()
{
    auto const open = std::move(m_open.back());
    m_open.pop_back();
    property(open.name, R"({"type":"array","items":)" + (open.item.empty() ? std::string { "{}" } : open.item) + "}");
}

}
