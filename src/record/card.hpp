#pragma once
#include "record/record_store.hpp"

namespace kpuhub::record {

/// A field of a row of a child list, by its id; it is there.
definition::Field const& card_field(definition::Field const& list, std::string const& id);

/// A row of the card's child list, of the record that it belongs to.
struct MonthRow {
    std::int64_t id = 0;
    std::string period;
    Content content;
    Names names;
};

/// Rows of the card's list of these records whose period is in the year, by record. One statement.
std::map<std::int64_t, std::vector<MonthRow>> rows_of_year(storage::Reader&, Place const&, definition::Field const& list, std::vector<Record> const&, int year);

}
