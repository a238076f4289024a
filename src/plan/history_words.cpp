#include "plan/history_words.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::plan {

view::Sentence history_words(journal::Event const& event)
{
    static constexpr std::array<std::string_view, 36> known { "deliverable.started", "deliverable.submitted", "deliverable.withdrawn",
        "deliverable.note_written", "deliverable.items_written", "deliverable.verified", "deliverable.returned", "deliverable.reopened",
        "deliverable.not_applicable", "comment.added", "evidence.linked", "evidence.unlinked", "proof.added", "proof.removed",
        "plan.created", "plan.fixed", "plan.closed", "plan.reopened", "plan.decree_set", "plan.rows_set", "plan.revised", "plan.edited", "plan.published",
        "plan.unpublished", "evidence.brought", "plan.row_bound", "proposal.dismissed", "paper.draft", "paper.texts_saved", "paper.initialled", "paper.agreed", "paper.number_taken", "paper.numbered",
        "paper.signed", "paper.revoked", "paper.cancelled" };
    if (std::ranges::find(known, event.kind) == known.end())
        return { "plan.history.other", { event.kind } };
    return { "plan.history." + event.kind };
}

}
