#pragma once
#include "http/request.hpp"
#include "record/place.hpp"

namespace kpuhub::record {

/// A list that a person keeps under a name, for himself or for all who read the register in the office.
struct SavedView {
    std::int64_t id = 0;
    std::string name, query;
    bool shared = false;
    bool own = true;
    std::string made_by {};                 ///< whose it is, when it is not the asker's own
};

/// One's own and those shared in the office that the asker can open: a view by a field that he may not see is not there for him. One statement.
std::vector<SavedView> saved_views(storage::Reader&, Place const&);

enum class Sharing : std::uint8_t { Own, Office };
/// Keeps a view; the same name again takes its place. Sharing is written to the journal. Errors: Forbidden (he does not list the register),
/// Invalid (no name, more than 80 signs, more than 30 views of one's own or of the office, a list that nobody can open).
Result<void> save_view(storage::Transaction&, journal::Act const&, Place const&, std::string const& name, std::string const& query, Sharing);
/// Takes a view away: one's own, or a shared one of the office by who sets the office. Errors: NotFound, Forbidden (somebody else's).
Result<void> end_view(storage::Transaction&, journal::Act const&, Place const&, std::int64_t id);

}
