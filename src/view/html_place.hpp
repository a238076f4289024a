#pragma once
#include <string>
#include <string_view>

namespace kpuhub::view {

/// Where in the HTML a template stands, followed sign by sign: enough of a tokenizer to say what a variable would be.
class HtmlPlace {
public:
    enum class At { Text, TagName, Tag, AttributeName, AfterName, BeforeValue, DoubleQuoted, SingleQuoted, Unquoted, RawText, Comment };

    void read(std::string_view html);

    [[nodiscard]] At at() const { return m_at; }
    /// Text or a double-quoted attribute that is neither style nor an event.
    [[nodiscard]] bool takes_variable() const;
    /// At the very start of the value of href, src, action ... (there a variable has to be a Link).
    [[nodiscard]] bool takes_address() const;
    /// What is not allowed at all, in words; empty when nothing was met.
    [[nodiscard]] std::string const& problem() const { return m_problem; }
    /// Tells the place that a variable was put here.
    void put_variable() { m_value += '\x01'; }

    /// Whether a section may begin here and end there: shown or not, what follows reads the same.
    [[nodiscard]] bool may_become(HtmlPlace const& there) const;

private:
    [[nodiscard]] bool between_attributes() const;
    void sign(char);
    void in_text(char);
    void in_a_tag(char);
    void in_value(char);
    void end_attribute();
    void end_tag();

    At m_at = At::Text;
    std::string m_tag {};           ///< in lower case, "/a" for an end
    std::string m_attribute {};
    std::string m_value {};
    std::string m_recent {};        ///< last signs of raw text or a comment
    bool m_has_src = false;
    std::string m_problem {};
};

}
