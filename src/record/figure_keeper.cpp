#include "record/figure_keeper.hpp"
#include "record/place.hpp"
#include <algorithm>

namespace kpuhub::record {

IndicatorRefs FigureKeeper::counting(IndicatorRefs all, std::string_view register_id, std::string_view only)
{
    std::erase_if(all, [&](auto const& made) { return !counts(*made, register_id) || (!only.empty() && made->id != only); });
    return all;
}

static std::set<std::string> names_of(IndicatorRefs const& indicators)
{
    std::set<std::string> names;
    for (auto const& made : indicators)
        names.insert(made->id);
    return names;
}

Result<void> FigureKeeper::changed(storage::Transaction& transaction, journal::Act const& act, RecordChange const& change)
{
    bool const known = change.place && change.place->indicators >= 0;
    auto const indicators = counting(known ? m_indicators.newest(transaction, change.place->indicators) : m_indicators.newest(transaction), change.made.id);
    auto const* record = change.after ? change.after : change.before;
    if (indicators.empty() || !record)
        return {};
    std::vector<CountedRecord> now;
    if (change.after)
        now.push_back({ *change.after, {} });
    if (change.after && change.place)
        now.back().facts.zone = change.place->unit.zone;
    else
        add_zones(transaction, now);
    add_facts(transaction, change.made, needs_of(change.made, indicators), now);
    auto const added = contributions(indicators, change.made, now);
    if (change.before)
        indicator::replace_contributions(transaction, { record->id }, names_of(indicators), added, act.today);
    else
        indicator::add_contributions(transaction, added, act.today);
    return {};
}

Result<std::int64_t> FigureKeeper::count_again(storage::Transaction& transaction, definition::Register const& counted, std::vector<SubjectId> const& ids,
    std::string_view only)
{
    auto const indicators = counting(m_indicators.newest(transaction), counted.id, only);
    if (indicators.empty() || ids.empty())
        return 0;
    auto const records = counted_records(transaction, counted, needs_of(counted, indicators), ids);
    return indicator::replace_contributions(transaction, ids, names_of(indicators), contributions(indicators, counted, records));
}

Result<void> FigureKeeper::clock_passed(storage::Transaction& transaction, SubjectId id, std::string const& subject_kind)
{
    if (!subject_kind.starts_with("r_"))
        return {};
    auto const registers = m_indicators.registers().newest(transaction);
    auto counted = std::ranges::find_if(registers, [&](auto const& made) { return made->table() == subject_kind; });
    if (counted != registers.end())
        TRY(count_again(transaction, **counted, { id }));
    return {};
}

}
