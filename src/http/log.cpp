#include "http/log.hpp"
#include "http/json_text.hpp"
#include <spdlog/spdlog.h>

namespace kpuhub::http {

void Log::access(AccessLine const& line) const
{
    if (!m_logger || !m_logger->should_log(spdlog::level::info))
        return;
    m_logger->info(R"({{"event":"answer","request":"{}","route":{},"method":"{}","status":{},"ms":{:.3f},"cpu_us":{},"bytes":{},"statements":{},"network":"{}"}})",
        line.request_id, json_text(line.route), line.method, line.status, line.milliseconds, line.cpu_microseconds, line.bytes,
        line.statements, line.network);
}

void Log::fault(std::string_view request_id, std::string_view route, int status, Fault const& fault) const
{
    if (!m_logger)
        return;
    m_logger->error(R"({{"event":"fault","request":"{}","route":{},"status":{},"key":{},"detail":{}}})", request_id,
        json_text(route), status, json_text(fault.message_key), json_text(fault.detail));
}

void Log::warning(std::string_view event, std::string_view detail) const
{
    if (m_logger)
        m_logger->warn(R"({{"event":{},"detail":{}}})", json_text(event), json_text(detail));
}

}
