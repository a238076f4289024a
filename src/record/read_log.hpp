#pragma once
#include "definition/register.hpp"
#include "storage/database.hpp"
#include <mutex>
#include <vector>

namespace kpuhub::record {

/// What somebody did with records of others.
enum class ReadAct : std::uint8_t { Opened, File, Listed, Searched, Exported, BrokenOff };
[[nodiscard]] std::string_view to_text(ReadAct);

/// One line of the read log.
struct ReadLine {
    time::Instant at {};
    PersonId person {};
    UnitId unit {};
    std::string register_id;
    SubjectId record {};                    ///< none: a list, a search, an export
    ReadAct act = ReadAct::Opened;
    definition::DataClass data_class = definition::DataClass::Personal;
    std::int64_t rows = 1;                  ///< records shown or given out
};

/// Who read registers of personal and specific data (security.md 19). Pages only note; the lines are written together, at the latest with
/// the next round of the scheduler, so that reading never waits for a write. What is noted in the last second before a power cut is lost.
class ReadLog {
public:
    /// From any thread. Registers of other classes are not logged.
    void note(ReadLine);
    /// Writes what was noted. Errors: those of the write; the lines then wait for the next time.
    Result<std::int64_t> write(storage::Database&);

private:
    std::mutex m_mutex;                     ///< guards the lines
    std::vector<ReadLine> m_lines;
};

/// A line as a page shows it.
struct ReadByLine {
    std::int64_t id = 0;
    time::Instant at {};
    std::string person, post;               ///< a post that he holds today, "" when none
    std::string register_id, act;
    SubjectId record {};
    std::int64_t rows = 0;
};
/// Who read this record, the newest first, those below an id (0: from the newest). One statement.
std::vector<ReadByLine> reads_of_record(storage::Reader&, SubjectId, time::Date today, std::int64_t below, int limit);
/// The same for everything in an office; of one register when it is named.
std::vector<ReadByLine> reads_of_unit(storage::Reader&, UnitId, time::Date today, std::string_view register_id, std::int64_t below, int limit);

/// Lines before that moment go (definitions/limits.yaml, kept). Returns how many.
std::int64_t forget_reads(storage::Transaction&, time::Instant before, std::int64_t at_most);

}
