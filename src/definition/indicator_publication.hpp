#pragma once
#include "definition/indicator.hpp"
#include "definition/publication.hpp"

namespace kpuhub::definition {

/// Publishes indicators after the registers that they count, all or nothing, under the lock of publishing. The same text again
/// changes nothing; another text needs the next version. Errors: Invalid with file and line (load_indicator).
Result<std::vector<Published>> publish_indicators(storage::Database&, journal::Act const&, std::vector<RegisterText> const&);

/// The same without writing anything.
Result<std::vector<Published>> preview_indicators(storage::Database&, std::vector<RegisterText> const&);

/// The published texts, all versions, in order of publication.
std::vector<RegisterText> published_indicators(storage::Reader&);

/// The files of definitions/indicators/ compiled into the program.
std::vector<RegisterText> shipped_indicators();

// What stands published among the indicators, as a column of any statement: definitions are only ever added, one publication at a time.
#define KPUHUB_INDICATOR_REVISION "COALESCE((SELECT max(ir.id) FROM indicator_definition ir), 0)"

/// Published indicators as values, read once for each version and kept; they never change. Threads share one.
class IndicatorShelf {
public:
    explicit IndicatorShelf(Shelf& registers) : m_registers(registers) {}
    /// Errors: NotFound when there is none of that id and version.
    Result<std::shared_ptr<Indicator const>> find(storage::Reader&, std::string const& id, int version);
    /// The newest version of each indicator in use, by id. One statement, when nothing was published since the last time.
    std::vector<std::shared_ptr<Indicator const>> newest(storage::Reader&);
    /// None, when the revision came with another statement of the same transaction (KPUHUB_INDICATOR_REVISION).
    std::vector<std::shared_ptr<Indicator const>> newest(storage::Reader&, std::int64_t revision);
    [[nodiscard]] Shelf& registers() { return m_registers; }

private:
    std::shared_ptr<Indicator const> kept_one(std::string const& id, int version);
    std::shared_ptr<Indicator const> keep(std::vector<std::shared_ptr<Register const>> const& registers, std::string const& id, int version, std::string const& text);

    Shelf& m_registers;
    std::mutex m_mutex;                                                                 // guards all below
    std::map<std::pair<std::string, int>, std::shared_ptr<Indicator const>> m_kept;
    std::int64_t m_revision = -1;                                                       ///< of m_newest
    std::vector<std::shared_ptr<Indicator const>> m_newest;
};

}
