#pragma once
#include "portal/indicator_pages.hpp"

namespace kpuhub::portal {

/// All indicators of a unit by the change area of the first system that they serve, each with its running period, target and trend.
Result<http::Response> show_indicators(account::Visit&, IndicatorDesk const&);

/// The frame of the list and of pages below it.
view::Frame indicator_frame(account::Visit const&, view::Sentence title, std::string const& unit_code, std::string const& unit_name, bool below_list);

}
