#include "storage/engine_fault.hpp"
#include <cstdlib>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kpuhub::storage {

Fault fault_of(EngineError const& error)
{
    auto fault = [&](FaultKind kind, char const* key) { return Fault { kind, key, error.what() }; };
    switch (error.fault()) {
    case EngineFault::Unique: return fault(FaultKind::Conflict, "storage.unique");
    case EngineFault::ForeignKey: return fault(FaultKind::Conflict, "storage.foreign_key");
    case EngineFault::Check: return fault(FaultKind::Invalid, "storage.check");
    case EngineFault::Serialization: return fault(FaultKind::Unavailable, "storage.busy");
    case EngineFault::Full: return fault(FaultKind::Unavailable, "storage.full");
    case EngineFault::ReadOnly: return fault(FaultKind::Unavailable, "storage.read_only");
    case EngineFault::Connection: return fault(FaultKind::Unavailable, "storage.unavailable");
    case EngineFault::Other: break;
    }
    return fault(FaultKind::Broken, "fault.broken");
}

Fault fault_of_escaped()
{
    try {
        throw;
    } catch (EngineError const& error) {
        return fault_of(error);
    } catch (std::exception const& error) {
        return broken(fmt::format("exception in an action: {}", error.what())).value();
    } catch (...) {
        return broken("unknown exception in an action").value();
    }
}

bool harms_all(EngineFault fault)
{
    return fault == EngineFault::Full || fault == EngineFault::ReadOnly || fault == EngineFault::Connection;
}

/// Length of the UTF-8 sequence at the start of the text, 0 when there is none (RFC 3629, also no surrogates).
static std::size_t sequence_length(std::string_view text)
{
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    auto follows = [&](std::size_t at, unsigned low = 0x80, unsigned high = 0xBF) {
        return at < text.size() && byte(at) >= low && byte(at) <= high;
    };
    auto first = byte(0);
    if (first < 0x80)
        return first == 0 ? 0 : 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

void require_text(std::string_view text, Query const& query)
{
    while (!text.empty()) {
        auto length = sequence_length(text);
        if (length == 0)
            throw EngineError(EngineFault::Check, fmt::format("{}: a text is not UTF-8 or has a NUL", query.name));
        text.remove_prefix(length);
    }
}

void stop_after_lost_sync(std::string const& what)
{
    spdlog::critical("storage: fsync failed, nothing more is acknowledged: {}", what);
    spdlog::default_logger()->flush();
    std::_Exit(74);
}

}
