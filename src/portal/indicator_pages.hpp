#pragma once
#include "account/door.hpp"
#include "definition/indicator_publication.hpp"
#include "indicator/stock.hpp"
#include "record/read_log.hpp"

namespace kpuhub::portal {

/// What the pages of indicators need from the rest of the program; all of it outlives them.
struct IndicatorDesk {
    definition::IndicatorShelf& shelf;
    indicator::Stocks const& stocks;
    record::ReadLog& reads;
};

/// /units/{unit}/indicators, the page of one, its sheet and the list of records behind a number.
void register_indicator_pages(account::Door const&, http::Router&, IndicatorDesk);

}
