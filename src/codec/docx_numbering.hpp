#pragma once
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pugi {
class xml_node;
}

namespace kpuhub::codec {

/// The automatic numbers of a Word document (ECMA-376 part 1, 17.9): they are not in its text, only counted on showing.
class Numbering {
public:
    void read_numbering(pugi::xml_node root);   ///< of numbering.xml
    void read_styles(pugi::xml_node root);      ///< of styles.xml

    /// The number in front of a paragraph ("1.", "a)", "-", "√" for a bullet that is a tick), and counts it; empty = none.
    std::string next_label(pugi::xml_node paragraph_properties);
    /// Whether a style hides its text.
    [[nodiscard]] bool hides(std::string_view style) const;

private:
    struct Level {
        int start = 1;
        std::string format = "decimal";
        std::string text {};
        std::string font {};
    };
    struct List {
        std::string abstract {};
        std::map<int, int> restarts {};             ///< level and the number it begins with again
        std::map<int, Level> own {};
    };
    struct Style {
        std::string based_on {};
        std::string list {};
        int level = 0;
        bool hidden = false;
    };

    static Level read_level(pugi::xml_node);
    [[nodiscard]] Level const* level_of(List const&, int level) const;

    std::map<std::string, std::map<int, Level>> m_abstracts;
    std::map<std::string, std::string> m_linked_style;   ///< abstract list and the style that holds its levels
    std::map<std::string, List> m_lists;
    std::map<std::string, Style, std::less<>> m_styles;
    std::map<std::string, std::array<int, 9>> m_counts;  ///< by abstract list; 0 = not yet begun
    std::set<std::string> m_restarted;
};

/// A number in the format of Word ("lowerLetter", "upperRoman" ...); decimal for those that are not known.
std::string formatted_number(int number, std::string_view format);

}
