#pragma once
#include "definition/publication.hpp"
#include "flow/clock.hpp"
#include "record/listener.hpp"
#include <mutex>

namespace kpuhub::record {

/// Runs the limits of records as their registers say: starts them by a day, by the making, by a state or a step; pauses, resumes, stops
/// and reopens them by the state; begins anew when the day or the choice of the rule was corrected; names the officer, who is whoever
/// does the next step. A case keeps the rule sets in force on the day of its receipt.
class RecordClocks {
public:
    explicit RecordClocks(flow::Clocks& clocks) : m_clocks(clocks) {}

    /// After each write of a record that is no draft. Writes the event of the change too: with those of the limits that begin.
    /// Errors: those of flow::Clocks. A day for which no rule set is in force starts nothing.
    Result<void> follow(storage::Transaction&, journal::Act const&, RecordChange const&, journal::Entry event);
    [[nodiscard]] flow::Clocks& clocks() { return m_clocks; }

    /// The rule of definitions/clocks in force on a day; nothing when there is none. They are read once for the program: its own start
    /// published them.
    std::optional<flow::PublishedRule> shared_rule(storage::Reader&, definition::RuleName const&, time::Date);

private:
    flow::Clocks& m_clocks;
    std::mutex m_mutex;
    std::map<std::string, std::vector<flow::PublishedRule>, std::less<>> m_rules;      ///< guarded by m_mutex
};

/// Tells the listeners that a limit of a record has passed, or has not after all: a change whose record is the same before and after, and
/// whose clocks differ. For flow::PassedListeners, kind "r_*".
flow::PassedListener passed_listener(definition::Shelf&, Listeners const&);

}
