#pragma once
#include "text/language.hpp"
#include "view/asked.hpp"
#include "view/value.hpp"
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::text { class Messages; }

namespace kpuhub::view {

using text::Language;
class Found;

/// What a name in a template asks of its value (docs/pages.md): the words, or one form of it by suffix or prefix.
enum class Form : std::uint8_t { Words, Code, Count, Total, CountCode, TotalCode, Short, Day, Time, DayCode, Has };

/// "row.due_short" cut up once, when the template is read.
struct Name {
    std::vector<std::string> path;      ///< "row", "due_short"; empty for {{.}}
    std::string base;                   ///< last part without its form: "due"
    Form form = Form::Words;
    [[nodiscard]] std::string written() const;
};

/// A value and the form in which its name asked for it.
struct Named {
    Value const* value = nullptr;
    Form form = Form::Words;
};

/// A template of one language: words are already in it, partials too. Immutable, so threads share it.
///
/// Mustache with sections, inverted sections, {{.}}, partials {{> name}}, comments, and words {{t.key name name}}.
/// Reading it also checks it: variables only in text or in double-quoted attributes, none in script, style, on* or a
/// tag; no {{&; a section ends where it began in the HTML; no style attribute, no <script> without src, no <style>.
class Template {
public:
    /// Where the text of a partial comes from; nullptr when there is none of that name.
    using Source = std::function<std::string_view const*(std::string_view name)>;

    [[nodiscard]] static Template read(std::string_view name, Source const&, text::Messages const&, Language);

    /// What is wrong with the text, one sentence each with the file and line; empty for a good one.
    [[nodiscard]] std::vector<std::string> const& problems() const { return m_problems; }
    /// Names that the shape of a model lacks, addresses that are no Link, and {{{ }}} that is no SafeHtml.
    [[nodiscard]] std::vector<std::string> unknown_names(Value const& shape) const;

    /// What it asks of the parts of a model; empty for a faulty one.
    [[nodiscard]] Asked const& asked() const { return m_asked; }

    /// Appends the page; `content` stands where the template has {{> content}}.
    void render(std::string& out, Value const& model, text::Messages const&, Template const* content = nullptr) const;

private:
    friend class TemplateReader;
    enum class Kind : std::uint8_t { Literal, Variable, Address, Raw, Section, Inverted, Content };
    struct Node {
        Kind kind = Kind::Literal;
        std::uint32_t end = 0;      ///< of a section: the node behind it
        std::string text {};        ///< of a literal
        Name name {};
    };

    using Stack = std::vector<Value const*>;
    struct Rendering {
        std::string& out;
        text::Messages const& messages;
        Template const* content;
        Found* found;               ///< for each node of the template at work
        Found* found_in_content;
        Stack stack;
    };
    Named find(Rendering&, std::size_t at) const;
    void render(Rendering&, std::size_t from, std::size_t to) const;
    void render_section(Rendering&, std::size_t at) const;
    void note_asked(std::vector<Asked::Names*>& around, std::size_t from, std::size_t to);
    void check(Stack&, std::size_t from, std::size_t to, std::vector<std::string>&) const;
    void check_section(Stack&, std::size_t at, Value const*, std::vector<std::string>&) const;

    std::string m_name;
    Language m_language = Language::Indonesian;
    std::vector<Node> m_nodes;
    std::vector<std::string> m_problems;
    Asked m_asked;
};

}
