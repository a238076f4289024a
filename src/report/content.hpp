#pragma once
#include "core/result.hpp"
#include "paper/signature.hpp"
#include "report/period.hpp"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

struct Signer {
    std::string heading;
    paper::Signatory who {};
};

/// What people type into a paper of this room.
struct Content {
    int year = 0;
    std::string period;                         ///< code; empty when the kind has none
    std::map<std::string, std::string, std::less<>> texts {};       ///< by the name of the field; dates as ISO
    std::map<std::int64_t, std::string> reasons {};                 ///< why a deliverable is unfinished, by its id
    std::vector<Signer> signers {};

    [[nodiscard]] std::string const& text(std::string_view field) const;
};

std::string to_json(Content const&);
/// Errors: Invalid when it is no JSON object.
Result<Content> content_from_json(std::string_view);

/// The lines of a text that say something, without blanks around them.
std::vector<std::string> entries(std::string_view text);
/// The parts of a line between " | ".
std::vector<std::string> columns(std::string_view line);

}
