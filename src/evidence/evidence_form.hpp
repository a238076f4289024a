#pragma once
#include "core/result.hpp"
#include "evidence/evidence.hpp"
#include "http/request.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::evidence {

/// How the page of sending looks: camera and file bring a file.
enum class Source : std::uint8_t { Camera, File, Link, Reference };
Source source_of(std::string_view);                 ///< File for any other word
std::string_view code(Source);

/// A form of sending as typed: dates that cannot be read stay as text and become faults.
struct Sending {
    Source source = Source::File;
    std::string title, address, paper_kind, paper_number, paper_date, effective_on, covers_from, covers_to;
    std::vector<std::string> upload_keys;           ///< files that came in pieces
};
Sending sending_of(http::Fields const&);

/// The proof without its file. Errors: Invalid with the dates that cannot be read ("evidence.date").
Result<Proof> proof_of(Sending const&);

/// "7" or "7:12": a subject and one of its parts. Nothing for any other text.
std::optional<Target> target_of(std::string_view);
std::string text_of(Target const&);

/// Every "target" field. Errors: Invalid "evidence.nothing_chosen" for one that cannot be read.
Result<std::vector<Target>> targets_of(http::Fields const&);

}
