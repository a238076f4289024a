#pragma once
#include "account/door.hpp"

namespace kpuhub::plan {

/// The office of an address: its id, code and name today. No statement when it is the reader's own.
struct PageOffice {
    UnitId id {};
    std::string code;
    std::string name;
};

/// Errors: NotFound when there is no such office.
Result<PageOffice> page_office(storage::Reader&, account::Visit const&);

/// The year of an address. Errors: NotFound when no plan may be of it (definitions/plan_years.yaml).
Result<int> page_year(account::Visit const&);

/// The frame of a page about the plan of an office and year.
view::Frame plan_frame(account::Visit const&, view::Sentence title, PageOffice const&, int year, std::string_view current = "board");

}
