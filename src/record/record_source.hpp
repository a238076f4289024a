#pragma once
#include "indicator/source.hpp"
#include "record/figure_keeper.hpp"

namespace kpuhub::record {

/// The records behind one indicator.
class RecordSource final : public indicator::Source {
public:
    RecordSource(definition::IndicatorShelf& shelf, IndicatorRef made) : m_shelf(shelf), m_made(std::move(made)) {}
    [[nodiscard]] std::string_view indicator() const override { return m_made->id; }
    [[nodiscard]] std::vector<indicator::Contribution> contributions_of(storage::Reader&, UnitId) const override;
    void hold(storage::Transaction&, UnitId) const override;
    /// What the unit's records add, computed anew, where it is not what is kept: how many contributions differ.
    [[nodiscard]] std::int64_t contributions_wrong(storage::Reader&, UnitId) const;
    /// Needs plan.read in the unit of each row, and the right to read the record. One statement.
    [[nodiscard]] std::vector<indicator::SourceRow> rows_behind(storage::Reader&, PersonId reader, time::Date today, indicator::Figure const&,
        std::int64_t skip, std::int64_t limit) const override;

    /// Of all records behind the figure, those that the reader may read. One statement.
    struct Behind {
        std::int64_t all = 0, readable = 0;
    };
    [[nodiscard]] Behind count_behind(storage::Reader&, PersonId reader, time::Date today, indicator::Figure const&) const;
    /// The register whose records a part counts; nothing for a part of another kind.
    [[nodiscard]] std::shared_ptr<definition::Register const> register_behind(std::string_view part) const;

private:
    [[nodiscard]] std::vector<std::shared_ptr<definition::Register const>> registers(storage::Reader&) const;
    [[nodiscard]] std::vector<indicator::Contributed> contributed(storage::Reader&, UnitId) const;
    definition::IndicatorShelf& m_shelf;
    IndicatorRef m_made;
};

/// A source for each newest indicator that counts records and whose records were all counted by this version.
std::vector<RecordSource> built_sources(storage::Reader&, definition::IndicatorShelf&);

}
