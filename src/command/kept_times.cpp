#include "command/kept_times.hpp"
#include "core/limit_table.hpp"
#include <stdexcept>

namespace kpuhub::command {

static KeptTimes read_times()
{
    constexpr std::int64_t hour_ms = 3'600'000;
    auto table = LimitTable::embedded("kept");
    KeptTimes times { table.take("request_key_hours") * hour_ms, table.take("record_import_hours") * hour_ms, table.take("unfinished_upload_hours") * hour_ms,
        table.take("push_message_hours") * hour_ms, table.take("read_log_hours") * hour_ms };
    if (auto rest = table.all_taken(); !rest)
        throw std::logic_error(rest.error().detail);
    return times;
}

KeptTimes const& kept_times()
{
    static KeptTimes const times = read_times();
    return times;
}

}
