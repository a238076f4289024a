#pragma once
#include "core/result.hpp"
#include <cstdint>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace kpuhub::http {

/// What is written of an answered request. Nothing in it comes from the client except its address block (security.md 20).
struct AccessLine {
    std::string_view request_id;
    std::string_view route;         ///< the pattern, never the path; "-" when there is none
    std::string_view method;        ///< of the closed list GET, HEAD, POST; "-" otherwise
    int status = 0;
    double milliseconds = 0;
    std::int64_t cpu_microseconds = 0;
    std::int64_t bytes = 0;         ///< of the body as sent
    std::int64_t statements = 0;
    std::string_view network;
};

/// JSON lines: one for each answer, one for each fault worth a look. Without a logger it keeps quiet (tests).
class Log {
public:
    explicit Log(std::shared_ptr<spdlog::logger> logger = nullptr) : m_logger(std::move(logger)) {}
    void access(AccessLine const&) const;
    /// Faults of kind Broken and Unavailable, with their detail.
    void fault(std::string_view request_id, std::string_view route, int status, Fault const&) const;
    void warning(std::string_view event, std::string_view detail) const;

private:
    std::shared_ptr<spdlog::logger> m_logger;
};

}
