#include "view/json_visitor.hpp"
#include "text/escape.hpp"

namespace kpuhub::view {

static void append_ratio(std::string& out, Ratio const& share)
{
    out += "{\"numerator\":" + std::to_string(share.numerator) + ",\"denominator\":" + std::to_string(share.denominator) + "}";
}

static void append_argument(std::string& out, Argument const& argument)
{
    struct {
        std::string& out;
        void operator()(std::string const& text) const { text::escape_json(out, text); }
        void operator()(std::int64_t number) const { out += std::to_string(number); }
        void operator()(time::Date date) const { text::escape_json(out, date.iso()); }
        void operator()(Moment const& moment) const { text::escape_json(out, moment.at.iso()); }
        void operator()(Ratio const& share) const { append_ratio(out, share); }
        void operator()(Money const& money) const { out += std::to_string(money.rupiah); }
        void operator()(Year year) const { out += std::to_string(year.number); }
        void operator()(Choice const& choice) const { text::escape_json(out, choice.code); }
    } const write { out };
    std::visit(write, argument);
}

std::string JsonVisitor::json() { return std::move(m_out += "}"); }

void JsonVisitor::comma()
{
    if (!m_first)
        m_out += ',';
    m_first = false;
}

void JsonVisitor::name(std::string_view name)
{
    comma();
    text::escape_json(m_out, name);
    m_out += ':';
}

void JsonVisitor::field(std::string_view key, std::string_view text)
{
    name(key);
    text::escape_json(m_out, text);
}

void JsonVisitor::field(std::string_view key, std::int64_t number)
{
    name(key);
    m_out += std::to_string(number);
}

void JsonVisitor::field(std::string_view key, bool flag)
{
    name(key);
    m_out += flag ? "true" : "false";
}

void JsonVisitor::field(std::string_view key, time::Date date) { field(key, date.iso()); }
void JsonVisitor::field(std::string_view key, Moment const& moment) { field(key, moment.at.iso()); }
void JsonVisitor::field(std::string_view key, Money const& money) { field(key, money.rupiah); }
void JsonVisitor::field(std::string_view key, Year year) { field(key, static_cast<std::int64_t>(year.number)); }
void JsonVisitor::field(std::string_view key, Link const& link) { field(key, link.address); }
void JsonVisitor::field(std::string_view key, Choice const& choice) { field(key, choice.code); }

void JsonVisitor::field(std::string_view key, Ratio const& share)
{
    name(key);
    append_ratio(m_out, share);
}

void JsonVisitor::field(std::string_view key, Sentence const& sentence)
{
    name(key);
    m_out += "{\"key\":";
    text::escape_json(m_out, sentence.message_key);
    m_out += ",\"arguments\":[";
    for (bool first = true; auto const& argument : sentence.arguments) {
        if (!first)
            m_out += ',';
        first = false;
        append_argument(m_out, argument);
    }
    m_out += "]}";
}

void JsonVisitor::field(std::string_view key, Plain plain)
{
    name(key);
    m_out += R"({"key":"","arguments":[)";
    text::escape_json(m_out, plain.text);
    m_out += "]}";
}

void JsonVisitor::nothing(std::string_view key)
{
    name(key);
    m_out += "null";
}

void JsonVisitor::begin_object(std::string_view key)
{
    name(key);
    m_out += '{';
    m_first = true;
}

void JsonVisitor::end_object()
{
    m_out += '}';
    m_first = false;
}

void JsonVisitor::begin_list(std::string_view key, std::size_t)
{
    name(key);
    m_out += '[';
    m_first = true;
}

void JsonVisitor::begin_item()
{
    comma();
    m_out += '{';
    m_first = true;
}

void JsonVisitor::end_item() { end_object(); }

void JsonVisitor::text_item(std::string_view text)
{
    comma();
    text::escape_json(m_out, text);
}

void JsonVisitor::end_list()
{
    m_out += ']';
    m_first = false;
}

}
