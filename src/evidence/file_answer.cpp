#include "evidence/file_answer.hpp"

namespace kpuhub::evidence {

http::Response shut_in_answer(std::string path, std::string const& media_type)
{
    http::Response answer;
    answer.file = std::move(path);
    return answer.with("Content-Type", media_type)
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Security-Policy", "sandbox; default-src 'none'")
        .with("Cross-Origin-Resource-Policy", "same-origin");
}

}
