#pragma once
#include "decree/draft.hpp"
#include "decree/words.hpp"
#include <array>

namespace kpuhub::decree {

/// Grows the draft tree in printed order and remembers where the list stands at each level.
class TreeBuilder {
public:
    explicit TreeBuilder(Draft& draft) : m_draft(draft) {}

    int open_area(std::string number, std::string text, Source const&, bool inferred);
    int open_activity(std::string_view printed, Source const&);
    int open_subactivity(std::string_view printed, Source const&);
    /// A sub-activity whose own text is not in the source.
    int open_unnamed(Level, Source const&);
    int add_indicator(std::string_view printed, Source const&);
    void append(int node, std::string_view text, Source const&);
    void point(int node, Source const&);
    /// After lost pages nothing is known of where the lists stand.
    void forget();

    [[nodiscard]] int current(Level) const;
    /// The sub-activity that takes the next indicator; usually the current one.
    [[nodiscard]] int indicator_home() const { return m_indicator_home != 0 ? m_indicator_home : current(Level::Subactivity); }
    /// The next indicators still belong to an earlier sub-activity, whose list stands at `last`; 0 = no longer.
    void keep_indicators_at(int subactivity, int indicator, Marker const& last);
    /// Where the list of a level stands; way None when unknown or unnumbered.
    [[nodiscard]] Marker const& last(Level level) const { return m_last[static_cast<std::size_t>(level)]; }
    /// Whether the level has had a node since its parent was opened.
    [[nodiscard]] bool started(Level level) const { return m_started[static_cast<std::size_t>(level)]; }
    Draft& draft() { return m_draft; }
    Node& node(int id);

private:
    int add(Level, int parent, std::string number, std::string text, Source const&);
    void reset_below(Level);
    int number_into(Level, std::string_view printed, int parent, Source const&);

    Draft& m_draft;
    std::array<int, 4> m_current {};
    std::array<Marker, 4> m_last {};
    std::array<bool, 4> m_started {};
    int m_indicator_home = 0;
};

/// Puts nodes into printed order, parents first, and drops areas and activities that hold nothing.
void put_in_order(Draft&);

}
