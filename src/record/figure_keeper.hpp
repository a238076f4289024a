#pragma once
#include "definition/indicator_publication.hpp"
#include "record/listener.hpp"
#include "record/record_facts.hpp"

namespace kpuhub::record {

/// Keeps the figures true: after each write of a record, what it adds to the indicators takes the place of what it added before, in
/// the same transaction. Stands last among the listeners, for it counts by what they wrote (clocks).
class FigureKeeper final : public RecordListener {
public:
    explicit FigureKeeper(definition::IndicatorShelf& indicators) : m_indicators(indicators) {}

    Result<void> changed(storage::Transaction&, journal::Act const&, RecordChange const&) override;

    /// Counts records anew as they stand: after a time limit of theirs passed, and by a rebuild. The caller has locked them; they are
    /// of one register. Only of these indicators when any are named. Returns how many contributions changed.
    Result<std::int64_t> count_again(storage::Transaction&, definition::Register const&, std::vector<SubjectId> const&, std::string_view only = {});

    /// The same for one subject, whatever its kind: what a flow::PassedListener calls. A subject that is no record is left alone.
    Result<void> clock_passed(storage::Transaction&, SubjectId, std::string const& subject_kind);

private:
    static IndicatorRefs counting(IndicatorRefs all, std::string_view register_id, std::string_view only = {});
    definition::IndicatorShelf& m_indicators;
};

}
