#include "text/escape.hpp"
#include "text/messages.hpp"
#include "view/html_place.hpp"
#include "view/name.hpp"
#include "view/template.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::view {

/// Reads the text of a template and of its partials into one list of nodes, and notes what is wrong with it.
class TemplateReader {
public:
    TemplateReader(Template& into, Template::Source const& source, text::Messages const& messages)
        : m_into(into)
        , m_source(source)
        , m_messages(messages)
    {
    }

    void read_file(std::string_view name);
    void finish();

private:
    using Kind = Template::Kind;
    struct Open {
        std::size_t node;
        HtmlPlace place;
        std::string name;
    };

    void read(std::string_view text);
    void literal(std::string_view text);
    void tag(char mark, std::string_view inside);
    void variable(std::string_view name);
    void raw(std::string_view name);
    void words(std::string_view inside);
    void open(Kind, std::string_view name);
    void close(std::string_view name);
    void partial(std::string_view name);
    void append(std::string_view html);
    void problem(std::string text);

    Template& m_into;
    Template::Source const& m_source;
    text::Messages const& m_messages;
    HtmlPlace m_place;
    bool m_line_start = true;       ///< blanks here are indentation
    std::vector<Open> m_open;
    std::size_t m_border = 0;       ///< a literal before this node ends a section and is not added to
    std::vector<std::string> m_files;
    std::vector<int> m_lines;
};

static std::string_view trimmed(std::string_view text)
{
    auto const from = text.find_first_not_of(" \t\n");
    return from == std::string_view::npos ? std::string_view {} : text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

void TemplateReader::problem(std::string text)
{
    m_into.m_problems.push_back(fmt::format("{}:{}: {}", m_files.back(), m_lines.back(), text));
}

void TemplateReader::read_file(std::string_view name)
{
    auto const* text = m_source(name);
    bool const inside_itself = std::find(m_files.begin(), m_files.end(), name) != m_files.end();
    m_files.emplace_back(name);
    m_lines.push_back(1);
    auto const opened = m_open.size();
    if (!text)
        problem("there is no such template");
    else if (inside_itself)
        problem("a partial inside itself");
    else
        read(*text);
    if (m_open.size() > opened) {
        problem(fmt::format("section {} is not closed", m_open.back().name));
        m_open.resize(opened);
    }
    m_files.pop_back();
    m_lines.pop_back();
}

void TemplateReader::finish()
{
    if (m_place.at() == HtmlPlace::At::Text)
        return;
    m_files.push_back(m_into.m_name);
    m_lines.push_back(0);
    problem("ends inside a tag");
}

/// A section, partial or comment alone on its line leaves no empty line behind.
static bool stands_alone(std::string_view before, std::string_view after)
{
    auto const start = before.find_last_not_of(" \t");
    auto const end = after.find_first_not_of(" \t");
    return (start == std::string_view::npos || before[start] == '\n') && (end == std::string_view::npos || after[end] == '\n');
}

void TemplateReader::read(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        auto const start = std::min(text.find("{{", at), text.size());
        auto const before = text.substr(at, start - at);
        literal(before);
        if (start == text.size())
            return;
        bool const triple = text.substr(start).starts_with("{{{");
        std::string_view const closing = triple ? "}}}" : "}}";
        auto const inner = start + closing.size();
        auto const end = text.find(closing, inner);
        if (end == std::string_view::npos)
            return problem("a tag without }}");
        auto const inside = trimmed(text.substr(inner, end - inner));
        at = end + closing.size();
        char const mark = triple ? '{' : inside.empty() ? ' ' : inside.front();
        tag(mark, inside);
        m_lines.back() += static_cast<int>(std::count(inside.begin(), inside.end(), '\n'));
        m_line_start = false;
        bool const control = mark == '#' || mark == '^' || mark == '/' || mark == '>' || mark == '!';
        if (control && stands_alone(text.substr(0, start), text.substr(at))) {
            auto const line_end = text.find('\n', at);
            m_lines.back() += line_end == std::string_view::npos ? 0 : 1;
            at = line_end == std::string_view::npos ? text.size() : line_end + 1;
            m_line_start = true;
        }
    }
}

/// Blanks that hold a line end become that line end: indentation is for the reader of the template only.
void TemplateReader::literal(std::string_view text)
{
    m_lines.back() += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    std::string slim;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find_first_not_of(" \t\n", at), text.size());
        auto const blanks = text.substr(at, end - at);
        if (blanks.find('\n') != std::string_view::npos)
            slim += '\n';
        else if (!m_line_start || at != 0)
            slim += blanks;
        at = std::min(text.find_first_of(" \t\n", end), text.size());
        slim.append(text, end, at - end);
    }
    m_line_start = m_line_start && text.find_first_not_of(' ') == std::string_view::npos;
    m_place.read(slim);
    if (!m_place.problem().empty()) {
        problem(m_place.problem());
        m_place = {};
    }
    append(slim);
}

void TemplateReader::append(std::string_view html)
{
    auto& nodes = m_into.m_nodes;
    if (html.empty())
        return;
    if (nodes.size() <= m_border || nodes.back().kind != Kind::Literal)
        nodes.emplace_back();
    nodes.back().text += html;
}

void TemplateReader::tag(char mark, std::string_view inside)
{
    auto const rest = inside.empty() ? inside : trimmed(inside.substr(1));
    switch (mark) {
    case '!': break;
    case '#': open(Kind::Section, rest); break;
    case '^': open(Kind::Inverted, rest); break;
    case '/': close(rest); break;
    case '>': partial(rest); break;
    case '{': raw(inside); break;
    case '&': problem("{{& is not used; {{{ }}} is for SafeHtml only"); break;
    case '=': problem("other tag signs are not used"); break;
    default:
        if (inside.starts_with("t."))
            words(inside.substr(2));
        else
            variable(inside);
    }
}

void TemplateReader::variable(std::string_view name)
{
    if (!m_place.takes_variable())
        problem(fmt::format("{{{{{}}}}} stands neither in text nor in a double-quoted attribute", name));
    auto const kind = m_place.takes_address() ? Kind::Address : Kind::Variable;
    m_place.put_variable();
    m_into.m_nodes.push_back({ .kind = kind, .name = name_of(name) });
}

void TemplateReader::raw(std::string_view name)
{
    if (m_place.at() != HtmlPlace::At::Text)
        problem(fmt::format("{{{{{{{}}}}}}} stands inside a tag", name));
    m_into.m_nodes.push_back({ .kind = Kind::Raw, .name = name_of(name) });
}

void TemplateReader::words(std::string_view inside)
{
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at < inside.size();) {
        auto const end = std::min(inside.find_first_of(" \n", at), inside.size());
        if (end > at)
            parts.push_back(inside.substr(at, end - at));
        at = end + 1;
    }
    auto const key = parts.empty() ? std::string_view {} : parts.front();
    auto const* message = m_messages.find(key, m_into.m_language);
    if (!message) {
        problem(fmt::format("there are no words for {}", key));
        return append(text::escaped_html(m_messages.text(key, m_into.m_language)));
    }
    if (!m_place.takes_variable())
        problem(fmt::format("{{{{t.{}}}}} stands neither in text nor in a double-quoted attribute", key));
    for (auto const& piece : text::pieces(*message)) {
        append(text::escaped_html(piece.plain));
        auto const number = static_cast<std::size_t>(piece.argument + 1);
        if (piece.argument >= 0 && number < parts.size())
            variable(parts[number]);
        else if (piece.argument >= 0)
            problem(fmt::format("{{{{t.{}}}}} has no {{{}}}", key, piece.argument));
    }
}

void TemplateReader::open(Kind kind, std::string_view name)
{
    m_open.push_back({ m_into.m_nodes.size(), m_place, std::string { name } });
    m_into.m_nodes.push_back({ .kind = kind, .name = name_of(name) });
}

void TemplateReader::close(std::string_view name)
{
    if (m_open.empty() || m_open.back().name != name)
        return problem(fmt::format("{{{{/{}}}}} closes nothing", name));
    if (!m_open.back().place.may_become(m_place))
        problem(fmt::format("section {} begins and ends at different places of the HTML", name));
    m_into.m_nodes[m_open.back().node].end = static_cast<std::uint32_t>(m_into.m_nodes.size());
    m_open.pop_back();
    m_border = m_into.m_nodes.size();
}

void TemplateReader::partial(std::string_view name)
{
    if (name == "content")
        m_into.m_nodes.push_back({ .kind = Kind::Content });
    else
        read_file(name);
}

Template Template::read(std::string_view name, Source const& source, text::Messages const& messages, Language language)
{
    Template made;
    made.m_name = name;
    made.m_language = language;
    TemplateReader reader { made, source, messages };
    reader.read_file(name);
    reader.finish();
    std::vector<Asked::Names*> around;
    if (made.m_problems.empty())
        made.note_asked(around, 0, made.m_nodes.size());
    return made;
}

}
