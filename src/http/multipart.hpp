#pragma once
#include "core/result.hpp"
#include "http/limits.hpp"
#include "http/request.hpp"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::http {

/// Where the bytes of an uploaded file go while they arrive.
class FileSink {
public:
    virtual ~FileSink() = default;
    virtual Result<void> write(std::string_view) = 0;
    /// All bytes came; gives the path of the file.
    virtual Result<std::string> finish() = 0;
};
using FileSinks = std::function<Result<std::unique_ptr<FileSink>>()>;

/// The boundary in a Content-Type of multipart/form-data; nothing when there is none or it breaks RFC 2046, 5.1.1.
std::optional<std::string> multipart_boundary(std::string_view content_type);

/// The last step of a file name as a browser sent it, without control signs, at most 255 bytes. Never a path.
std::string plain_file_name(std::string_view);

/// Reads multipart/form-data (RFC 7578) piece by piece, in constant memory: fields are kept, files go to sinks. A part
/// with a file name is a file; an empty file without a name (nothing chosen) is left out.
/// Errors: Invalid (http.form, http.form.too_many, http.form.too_large for a field over the form limit), and what the sink says.
class MultipartReader {
public:
    MultipartReader(std::string boundary, Limits const&, FileSinks);
    Result<void> feed(std::string_view piece);
    /// To be asked once after the last piece: Invalid when the closing boundary did not come.
    Result<void> finish() const;

    Fields fields;
    std::vector<Upload> uploads;

private:
    enum class State { Preamble, AfterBoundary, Headers, Body, End };

    Result<bool> step();
    Result<bool> step_headers();
    Result<bool> step_body();
    Result<void> begin_part(std::string_view headers);
    Result<void> add_bytes(std::string_view);
    Result<void> end_part();

    std::string m_delimiter;            ///< CR LF "--" boundary
    Limits m_limits;
    FileSinks m_sinks;
    State m_state = State::Preamble;
    std::string m_buffer;
    std::size_t m_parts = 0;
    std::size_t m_field_bytes = 0;
    std::string m_name;
    std::string m_value;
    std::string m_file_name;
    std::int64_t m_file_bytes = 0;
    bool m_is_file = false;
    std::unique_ptr<FileSink> m_sink;
};

}
