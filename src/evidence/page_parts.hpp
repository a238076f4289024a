#pragma once
#include "account/door.hpp"
#include "evidence/evidence_store.hpp"
#include "evidence/subject_catalog.hpp"
#include "view/parts.hpp"
#include "view/visitor.hpp"
#include <string>

namespace kpuhub::evidence {

/// A row that a proof proves or might prove.
struct RowLine {
    std::string value;                  ///< "7:12", for forms
    view::Link link;
    std::string number;
    std::string title;
    std::string part;
    view::Choice state;
    std::optional<time::Date> due_on {};
    bool may_unlink = false;
    void describe(view::Visitor&) const;
};
RowLine row_line(ProvableRow const&);

inline Asker asker_of(account::Visit const& visit) { return { visit.reader.person, visit.reader.today }; }

/// The proof of the address. Errors: NotFound, also for a number that is none.
template<typename Of>
Result<Id<Of>> id_in_address(account::Visit const& visit)
{
    auto const& text = visit.request.parameter("id");
    constexpr std::size_t longest = 18;
    if (text.empty() || text.size() > longest || text.find_first_not_of("0123456789") != std::string::npos)
        return not_found();
    return Id<Of> { std::stoll(text) };
}

/// Errors: NotFound when there is none that this reader may see.
Result<ProofRow> proof_in_address(account::Visit&);
/// Errors: NotFound when there is no such row that this reader may see. The part comes from the query or the form.
Result<ProvableRow> row_in_address(account::Visit&, SubjectCatalog&);

/// Forbidden for who sends no proofs in his own office.
Result<UnitRights> must_bring(account::Visit&);

}
