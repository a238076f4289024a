#pragma once
#include "core/result.hpp"
#include <memory>
#include <string>
#include <string_view>

namespace kpuhub::storage {

/// SHA-256 in lower-case hexadecimal.
std::string sha256_hex(std::string_view bytes);

/// The same of a file, read in pieces. Errors: NotFound, Unavailable.
Result<std::string> sha256_hex_of_file(std::string const& path);

/// The same of bytes that come one piece after the other.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    void add(std::string_view bytes);
    /// Once, at the end.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}
