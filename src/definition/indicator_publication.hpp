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

/// Published indicators as values, read once for each version and kept; they never change. Threads share one.
class IndicatorShelf {
public:
    explicit IndicatorShelf(Shelf& registers) : m_registers(registers) {}
    /// Errors: NotFound when there is none of that id and version.
    Result<std::shared_ptr<Indicator const>> find(storage::Reader&, std::string const& id, int version);
    /// The newest version of each indicator in use, by id. One statement, when all of them were read before.
    std::vector<std::shared_ptr<Indicator const>> newest(storage::Reader&);
    [[nodiscard]] Shelf& registers() { return m_registers; }

private:
    Shelf& m_registers;
    std::mutex m_mutex;
    std::map<std::pair<std::string, int>, std::shared_ptr<Indicator const>> m_kept;     ///< guarded by m_mutex
};

}
