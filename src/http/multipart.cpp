#include "http/multipart.hpp"
#include "http/text_check.hpp"
#include <algorithm>

namespace kpuhub::http {

namespace {

constexpr std::size_t most_part_header_bytes = 4096;
constexpr std::size_t most_boundary_bytes = 70;         // RFC 2046, 5.1.1
constexpr std::size_t most_name_bytes = 255;

bool same_text(std::string_view a, std::string_view b)
{
    auto lower = [](char sign) { return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : sign; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view without_blanks(std::string_view text)
{
    auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// A parameter of a header value: `form-data; name="a"; filename="b"`. Browsers send only \" , %22, %0D and %0A as escapes.
std::optional<std::string> parameter(std::string_view value, std::string_view name)
{
    auto semicolon = value.find(';');
    while (semicolon != std::string_view::npos) {
        value = without_blanks(value.substr(semicolon + 1));
        auto equals = value.find('=');
        if (equals == std::string_view::npos)
            return std::nullopt;
        auto found = same_text(without_blanks(value.substr(0, equals)), name);
        value = without_blanks(value.substr(equals + 1));
        std::string text;
        if (value.starts_with('"')) {
            std::size_t at = 1;
            for (; at < value.size() && value[at] != '"'; ++at) {
                if (value[at] == '\\' && at + 1 < value.size() && value[at + 1] == '"')
                    ++at;
                text += value[at];
            }
            if (at >= value.size())
                return std::nullopt;
            value.remove_prefix(at);
        } else {
            text = without_blanks(value.substr(0, value.find(';')));
        }
        if (found)
            return text;
        semicolon = value.find(';');
    }
    return std::nullopt;
}

}

std::optional<std::string> multipart_boundary(std::string_view content_type)
{
    if (!same_text(without_blanks(content_type.substr(0, content_type.find(';'))), "multipart/form-data"))
        return std::nullopt;
    auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > most_boundary_bytes || boundary->back() == ' ')
        return std::nullopt;
    bool plain = std::ranges::all_of(*boundary, [](char sign) { return sign >= ' ' && sign < 0x7F; });
    return plain ? boundary : std::nullopt;
}

std::string plain_file_name(std::string_view name)
{
    if (auto folder = name.find_last_of("/\\:"); folder != std::string_view::npos)
        name.remove_prefix(folder + 1);
    if (name.size() > most_name_bytes) {
        auto dot = name.rfind('.');
        auto ending = dot != std::string_view::npos && name.size() - dot <= 10 ? name.substr(dot) : std::string_view {};
        auto stem = name.substr(0, most_name_bytes - ending.size());
        while (!stem.empty() && !acceptable_line(stem))
            stem.remove_suffix(1);
        return std::string(stem) + std::string(ending);
    }
    return name == "." || name == ".." ? std::string {} : std::string(name);
}

MultipartReader::MultipartReader(std::string boundary, Limits const& limits, FileSinks sinks)
    : m_delimiter("\r\n--" + std::move(boundary)), m_limits(limits), m_sinks(std::move(sinks)), m_buffer("\r\n")
{
}

Result<void> MultipartReader::feed(std::string_view piece)
{
    m_buffer += piece;
    while (TRY(step())) { }
    return {};
}

Result<void> MultipartReader::finish() const
{
    if (m_state != State::End)
        return invalid("http.form");
    return {};
}

/// One step forward; false when more bytes are needed.
Result<bool> MultipartReader::step()
{
    switch (m_state) {
    case State::Preamble: {
        if (m_buffer.size() < m_delimiter.size())
            return false;
        if (!m_buffer.starts_with(m_delimiter))
            return invalid("http.form");
        m_buffer.erase(0, m_delimiter.size());
        m_state = State::AfterBoundary;
        return true;
    }
    case State::AfterBoundary: {
        if (m_buffer.size() < 2)
            return false;
        if (m_buffer.starts_with("--"))
            m_state = State::End;
        else if (m_buffer.starts_with("\r\n"))
            m_state = State::Headers;
        else
            return invalid("http.form");
        m_buffer.erase(0, 2);
        return true;
    }
    case State::Headers: return step_headers();
    case State::Body: return step_body();
    case State::End: m_buffer.clear(); return false;
    }
    return false;
}

Result<bool> MultipartReader::step_headers()
{
    auto end = m_buffer.find("\r\n\r\n");
    if (end == std::string::npos ? m_buffer.size() > most_part_header_bytes : end > most_part_header_bytes)
        return invalid("http.form");
    if (end == std::string::npos)
        return false;
    TRY_VOID(begin_part(std::string_view(m_buffer).substr(0, end)));
    m_buffer.erase(0, end + 4);
    m_state = State::Body;
    return true;
}

Result<bool> MultipartReader::step_body()
{
    auto end = m_buffer.find(m_delimiter);
    if (end != std::string::npos) {
        TRY_VOID(add_bytes(std::string_view(m_buffer).substr(0, end)));
        TRY_VOID(end_part());
        m_buffer.erase(0, end + m_delimiter.size());
        m_state = State::AfterBoundary;
        return true;
    }
    if (m_buffer.size() < m_delimiter.size())
        return false;
    auto safe = m_buffer.size() - (m_delimiter.size() - 1);
    TRY_VOID(add_bytes(std::string_view(m_buffer).substr(0, safe)));
    m_buffer.erase(0, safe);
    return false;
}

Result<void> MultipartReader::begin_part(std::string_view headers)
{
    if (m_parts++ >= m_limits.form_fields)
        return invalid("http.form.too_many");
    std::string_view disposition;
    while (!headers.empty()) {
        auto line = headers.substr(0, headers.find("\r\n"));
        headers.remove_prefix(std::min(headers.size(), line.size() + 2));
        auto colon = line.find(':');
        if (colon != std::string_view::npos && same_text(line.substr(0, colon), "content-disposition"))
            disposition = without_blanks(line.substr(colon + 1));
    }
    auto name = parameter(disposition, "name");
    if (!same_text(without_blanks(disposition.substr(0, disposition.find(';'))), "form-data") || !name || !acceptable_line(*name))
        return invalid("http.form");
    auto file_name = parameter(disposition, "filename");
    if (file_name && !acceptable_line(*file_name))
        return invalid("http.form");
    m_name = std::move(*name);
    m_value.clear();
    m_is_file = file_name.has_value();
    m_file_name = plain_file_name(file_name.value_or(""));
    m_file_bytes = 0;
    if (m_is_file)
        m_sink = TRY(m_sinks());
    return {};
}

Result<void> MultipartReader::add_bytes(std::string_view bytes)
{
    if (m_is_file) {
        m_file_bytes += static_cast<std::int64_t>(bytes.size());
        return m_sink->write(bytes);
    }
    m_field_bytes += bytes.size();
    if (m_field_bytes > m_limits.form_bytes)
        return invalid("http.form.too_large");
    m_value += bytes;
    return {};
}

Result<void> MultipartReader::end_part()
{
    if (!m_is_file) {
        if (!acceptable_text(m_value))
            return invalid("http.form");
        fields.add(std::move(m_name), std::move(m_value));
        return {};
    }
    auto sink = std::move(m_sink);
    if (m_file_name.empty() && m_file_bytes == 0)
        return {};
    auto stored_at = TRY(sink->finish());
    uploads.push_back({ std::move(m_name), std::move(m_file_name), std::move(stored_at), m_file_bytes });
    return {};
}

}
