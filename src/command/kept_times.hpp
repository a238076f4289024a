#pragma once
#include <cstdint>

namespace kpuhub::command {

/// How long working rows are kept that are no records: definitions/limits.yaml, section kept; the reasons stand there.
struct KeptTimes {
    std::int64_t request_keys_ms = 0;
    std::int64_t record_imports_ms = 0;
    std::int64_t unfinished_uploads_ms = 0;
    std::int64_t push_messages_ms = 0;
    std::int64_t read_log_ms = 0;
};

/// The table compiled into the program, read once. Throws std::logic_error when it is faulty: the program does not start.
KeptTimes const& kept_times();

}
