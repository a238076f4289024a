#include "http/limits.hpp"
#include "http/multipart.hpp"
#include "http/text_check.hpp"
#include "input.hpp"

using namespace kpuhub;
using namespace kpuhub::http;

namespace {

class CountingSink final : public FileSink {
public:
    Result<void> write(std::string_view) override { return {}; }
    Result<std::string> finish() override { return std::string("file"); }
};

struct Outcome {
    bool whole = false;
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<std::int64_t> uploads;
    bool operator==(Outcome const&) const = default;
};

Outcome read(std::string_view body, std::size_t piece)
{
    static Limits const limits = embedded_limits().value();
    MultipartReader reader { "X", limits, []() -> Result<std::unique_ptr<FileSink>> { return std::make_unique<CountingSink>(); } };
    while (!body.empty()) {
        auto next = body.substr(0, piece);
        body.remove_prefix(next.size());
        if (!reader.feed(next))
            return {};
    }
    if (!reader.finish())
        return {};
    Outcome outcome { true, reader.fields.pairs(), {} };
    for (auto const& upload : reader.uploads) {
        must(acceptable_line(upload.file_name) && upload.file_name.find('/') == std::string::npos);
        outcome.uploads.push_back(upload.bytes);
    }
    return outcome;
}

}

/// However the bytes are cut on their way, the same comes out. The first byte chooses the cut.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    auto body = input_text(bytes + 1, size - 1);
    must(read(body, body.size() + 1) == read(body, bytes[0] % 31 + 1));
    (void)multipart_boundary(body);
    (void)plain_file_name(body);
    return 0;
}
