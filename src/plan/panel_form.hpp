#pragma once
#include "account/reader.hpp"
#include "http/request.hpp"
#include "plan/panel.hpp"
#include <map>

namespace kpuhub::plan {

/// What was typed into the panel, word for word and as values.
struct PanelForm {
    struct Line {
        std::string answer, numerator, denominator;
        bool fulfilled = false;
    };
    std::int64_t version = 0;
    std::map<PlanNodeId, Line> lines {};
    std::optional<std::string> note {};     ///< nothing when the form had no such field
    std::string reason {}, comment {};
    std::vector<Item> items {};             ///< that differ from what is saved
    std::vector<FieldFault> faults {};      ///< figures that are none
};

/// Reads the fields of the lines that the panel has.
PanelForm read_panel_form(http::Fields const&, Panel const&);

/// "1.246.300.000", "Rp450000", "20" -> whole number; nothing for other text.
std::optional<std::int64_t> whole_number(std::string_view);

/// "78,45" -> 7845 of 100: an index keeps its decimals as a share of a power of ten.
struct Decimal {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
};
std::optional<Decimal> decimal_number(std::string_view);

/// How a figure stands in its input.
std::string figure_text(Item const&, std::optional<IndicatorKind>);

}
