#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::report {

/// A kind of paper as definitions/papers/forms.yaml gives it.
struct FieldRule {
    std::string name;
    std::string type;                           ///< line, lines, date
    std::string start;                          ///< what stands there at first, with placeholders; "people" = those of the office
    std::string label_id, label_en;
};
struct SignerRule {
    std::string role;                           ///< chair, members, secretary, head, none
    std::string heading;
};
struct BlockRule {
    std::string block;                          ///< letterhead, heading, paragraph, right, labels, numbered, table, attendance, signers, initials
    std::string text;
    std::string heading;
    bool indent = false, bold = false, optional = false;
    int empty = 0;                              ///< rows to fill in by hand
    std::vector<std::pair<std::string, std::string>> rows {};
    std::vector<std::string> headings {};
    std::vector<double> widths {};
};
struct FormDefinition {
    std::string code;
    std::string series;
    std::string title;
    bool initials = true;
    bool records = false;                       ///< made from the plan: a snapshot is taken when the number is given
    bool period = false;                        ///< speaks of a part of the year
    bool handover = false;                      ///< may begin with the list of a handover
    std::string layout;                         ///< of the signatures: right, pair, members
    std::vector<FieldRule> fields {};
    std::vector<SignerRule> signers {};
    std::vector<BlockRule> body {};
};

/// In the order of the file. Throws when the compiled-in file is broken (a unit test finds it).
std::vector<FormDefinition> const& form_definitions();
/// nullptr for another kind of paper.
FormDefinition const* form_definition(std::string_view code);

}
