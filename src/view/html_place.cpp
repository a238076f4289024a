#include "view/html_place.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::view {

static bool blank(char sign) { return sign == ' ' || sign == '\n' || sign == '\t' || sign == '\r'; }
static char lower(char sign) { return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign; }

static bool holds_address(std::string_view attribute)
{
    constexpr std::array<std::string_view, 9> names { "href", "src", "action", "formaction", "data", "poster", "srcset", "cite", "xlink:href" };
    return std::find(names.begin(), names.end(), attribute) != names.end();
}

void HtmlPlace::read(std::string_view html)
{
    for (char each : html)
        sign(each);
}

bool HtmlPlace::takes_variable() const
{
    if (m_at == At::Text)
        return true;
    if (m_at != At::DoubleQuoted || m_attribute == "style" || m_attribute.starts_with("on") || m_attribute == "srcdoc")
        return false;
    // In an address only at its start, or behind something that already fixes the site: "#part", "?page=", a Link.
    if (!holds_address(m_attribute) || m_value.empty())
        return true;
    return m_value.front() == '\x01' || m_value.front() == '#' || m_value.front() == '?';
}

bool HtmlPlace::takes_address() const { return m_at == At::DoubleQuoted && holds_address(m_attribute) && m_value.empty(); }

bool HtmlPlace::between_attributes() const
{
    return m_at == At::TagName || m_at == At::Tag || m_at == At::AttributeName || m_at == At::AfterName;
}

bool HtmlPlace::may_become(HtmlPlace const& there) const
{
    if (between_attributes())
        return there.between_attributes() && m_tag == there.m_tag;
    return m_at == there.m_at && m_tag == there.m_tag && (m_at != At::DoubleQuoted || m_attribute == there.m_attribute);
}

void HtmlPlace::sign(char sign)
{
    switch (m_at) {
    case At::Text: in_text(sign); break;
    case At::RawText:
        m_recent += lower(sign);
        if (m_recent.ends_with("</" + m_tag))
            m_at = At::Tag, m_tag = "/" + m_tag;
        break;
    case At::Comment:
        m_recent += sign;
        if (m_recent.ends_with("-->"))
            m_at = At::Text;
        break;
    case At::DoubleQuoted:
    case At::SingleQuoted:
    case At::Unquoted: in_value(sign); break;
    default: in_a_tag(sign);
    }
}

void HtmlPlace::in_text(char sign)
{
    if (sign != '<')
        return;
    m_at = At::TagName;
    m_tag.clear();
    m_has_src = false;
}

void HtmlPlace::in_a_tag(char sign)
{
    bool const begins_tag = lower(sign) != sign || (sign >= 'a' && sign <= 'z') || sign == '/' || sign == '!';
    if (m_at == At::TagName && m_tag.empty() && !begins_tag) {      // "a < b"
        m_at = At::Text;
        return;
    }
    if (m_at == At::TagName && !blank(sign) && sign != '>' && (sign != '/' || m_tag.empty())) {
        m_tag += lower(sign);
        if (m_tag == "!--")
            m_at = At::Comment, m_recent.clear();
        return;
    }
    if (sign == '>') {
        if (m_at == At::AttributeName || m_at == At::AfterName || m_at == At::BeforeValue)
            m_value.clear(), end_attribute();
        return end_tag();
    }
    if (m_at == At::BeforeValue && !blank(sign)) {
        m_value.clear();
        m_at = sign == '"' ? At::DoubleQuoted : sign == '\'' ? At::SingleQuoted : At::Unquoted;
        if (m_at == At::Unquoted)
            in_value(sign);
    } else if (sign == '=' && (m_at == At::AttributeName || m_at == At::AfterName)) {
        m_at = At::BeforeValue;
    } else if (blank(sign) || sign == '/') {
        m_at = m_at == At::AttributeName ? At::AfterName : m_at == At::AfterName || m_at == At::BeforeValue ? m_at : At::Tag;
    } else {
        if (m_at != At::AttributeName)
            m_attribute.clear();
        m_at = At::AttributeName;
        m_attribute += lower(sign);
    }
}

void HtmlPlace::in_value(char sign)
{
    bool const ends = m_at == At::DoubleQuoted ? sign == '"' : m_at == At::SingleQuoted ? sign == '\'' : blank(sign) || sign == '>';
    if (!ends) {
        m_value += sign;
        return;
    }
    bool const tag_too = m_at == At::Unquoted && sign == '>';
    m_at = At::Tag;
    end_attribute();
    if (tag_too)
        end_tag();
}

void HtmlPlace::end_attribute()
{
    if (m_attribute == "style")
        m_problem = "a style attribute";
    else if (m_attribute.starts_with("on"))
        m_problem = "an event attribute";
    else if (m_attribute == "srcdoc")
        m_problem = "srcdoc";
    else if (holds_address(m_attribute) && m_value.starts_with("javascript:"))
        m_problem = "an address of script";
    m_has_src |= m_attribute == "src";
    m_attribute.clear();
    m_value.clear();
}

void HtmlPlace::end_tag()
{
    m_at = At::Text;
    if (m_tag == "style")
        m_problem = "a <style> element";
    if (m_tag == "script" && !m_has_src)
        m_problem = "a <script> without src";
    if (m_tag == "script" || m_tag == "style")
        m_at = At::RawText, m_recent.clear();
    else
        m_tag.clear();
}

}
