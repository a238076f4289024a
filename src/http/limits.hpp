#pragma once
#include "core/result.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kpuhub::http {

/// The numbers of definitions/limits.yaml (what, number, why, answer stand there). Sizes in bytes, rates in bytes a second.
struct Limits {
    std::size_t connections = 0;
    std::size_t connections_per_block = 0;      ///< IPv4 /24, IPv6 /48
    std::size_t header_bytes = 0;               ///< request line and fields together
    std::size_t header_fields = 0;
    std::size_t target_bytes = 0;
    std::size_t form_bytes = 0;
    std::size_t upload_bytes = 0;
    std::size_t form_fields = 0;
    std::size_t temporary_bytes = 0;            ///< of all uploads under way together
    std::size_t free_disk_bytes = 0;            ///< left on the disk of uploads; below it they are refused
    std::size_t waiting_requests = 0;           ///< queue in front of the workers of signed-in pages
    std::size_t waiting_public = 0;             ///< the same for pages of the public
    std::size_t waiting_passwords = 0;          ///< the same for what hashes a password
    std::size_t waiting_uploads = 0;            ///< the same for what takes files in
    std::size_t upload_rate = 0;
    std::size_t answer_rate = 0;
    std::chrono::milliseconds rate_grace {};    ///< before a rate is asked for
    std::chrono::milliseconds idle {};
    std::chrono::milliseconds header {};
    std::chrono::milliseconds handler {};
    std::chrono::milliseconds drain {};
};

/// Reads limits.yaml. Errors: Broken, naming the entry that is missing, unknown or not a positive number.
Result<Limits> read_limits(std::string_view yaml);

/// The limits compiled into the program.
Result<Limits> embedded_limits();

}
