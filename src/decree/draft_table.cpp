#include "decree/draft_table.hpp"
#include <fmt/format.h>

namespace kpuhub::decree {

namespace {

std::string months_line(Months const& months)
{
    std::string line(12, '.');
    for (int const month : months.months)
        if (month >= 1 && month <= 12)
            line[static_cast<std::size_t>(month) - 1] = 'x';
    return line + (months.certain ? " " : "?");
}

std::string place_of(Node const& node)
{
    auto const& source = node.sources.empty() ? Source {} : node.sources.front();
    return fmt::format("{}{}", source.page > 0 ? fmt::format("{}:", source.page) : "", source.line);
}

}

std::string to_table(Draft const& draft, FindingWords const& words)
{
    auto const& decree = draft.decree;
    auto out = fmt::format("{} | {} | {} | {}\n{}\n\n", decree.unit, decree.number, decree.year, decree.date, decree.title);
    for (auto const& node : draft.nodes) {
        auto const indent = std::string(static_cast<std::size_t>(node.level) * 2, ' ');
        auto const months = node.level == Level::Subactivity ? months_line(node.months) : std::string(13, ' ');
        out += fmt::format("{:>6}  {}  {}{}{}{}\n", place_of(node), months, indent, node.number, node.number.empty() ? "" : " ", node.text.empty() ? "?" : node.text);
    }
    out += "\n";
    for (auto const& finding : draft.findings)
        out += fmt::format("{:>6}  {:8} {}\n", finding.sources.empty() ? std::string { "-" } : std::to_string(finding.sources.front().line), name(finding.severity), words(finding));
    return out;
}

}
