#pragma once
#include "http/response.hpp"
#include <string>

namespace kpuhub::evidence {

/// A stored file as an answer. Files of strangers never run in a browser: their type is not guessed, they are shut in if
/// shown all the same, and no other site embeds them (security.md 9). Whoever offers it for saving adds Content-Disposition.
http::Response shut_in_answer(std::string path, std::string const& media_type);

}
