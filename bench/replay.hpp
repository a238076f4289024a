#pragma once
#include "recording_database.hpp"
#include <memory>

namespace kpuhub::bench {

/// Runs recorded writes again through the C API of an engine, with prepared statements and the durability that the program asks for.
class Replay {
public:
    virtual ~Replay() = default;
    /// All writes, `batch` of them in one durable commit. Throws std::runtime_error when a statement fails.
    virtual void run(std::vector<Recorded> const&, std::size_t batch) = 0;
};

std::unique_ptr<Replay> replay_on_sqlite(std::string const& file);
/// One transaction for each write, as the program does it there: `batch` has to be 1.
std::unique_ptr<Replay> replay_on_postgres(std::string const& address);

}
