#include "codec/media_type.hpp"
#include "codec/archive_kind.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <array>
#include <yaml-cpp/yaml.h>

namespace kpuhub::codec {

namespace {

constexpr std::array<std::string_view, 12> known_contents { "pdf", "jpeg", "png", "webp", "mp4", "docx", "xlsx", "pptx", "odt", "ods", "text" };
constexpr std::array<std::string_view, 5> known_cleanings { "none", "jpegtran", "optipng", "webpmux", "boxes" };

template<typename Words>
bool one_of(Words const& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& sign : out)
        if (sign >= 'A' && sign <= 'Z')
            sign = static_cast<char>(sign + 32);
    return out;
}

bool is_mp4(std::string_view bytes)
{
    if (bytes.size() < 16 || bytes.substr(4, 4) != "ftyp")
        return false;
    constexpr std::array<std::string_view, 10> brands { "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV" };
    return one_of(brands, bytes.substr(8, 4));
}

/// Whether all of it is text in UTF-8 or a one-byte code page: no control signs but tab and ends of line.
bool is_plain_text(std::string_view bytes)
{
    return std::none_of(bytes.begin(), bytes.end(), [](char sign) {
        auto byte = static_cast<unsigned char>(sign);
        return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') || byte == 0x7F;
    });
}

/// Pages and drawings that a browser would run are not text, whatever their name says.
bool is_markup(std::string_view bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    auto from = bytes.find_first_not_of(" \t\r\n\f");
    if (from == std::string_view::npos)
        return false;
    auto start = lower(bytes.substr(from, 64));
    constexpr std::array<std::string_view, 11> openings { "<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<!--", "<iframe", "<img", "{\\rtf" };
    return std::any_of(openings.begin(), openings.end(), [&](auto opening) { return start.starts_with(opening); });
}

Result<std::string> content_of(std::string_view bytes)
{
    if (bytes.empty())
        return invalid("codec.file.empty");
    if (bytes.starts_with("%PDF-"))
        return "pdf";
    if (bytes.starts_with("\xFF\xD8\xFF"))
        return "jpeg";
    if (bytes.starts_with(std::string_view("\x89PNG\r\n\x1A\n", 8)))
        return "png";
    if (bytes.size() > 16 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
        return "webp";
    if (is_mp4(bytes))
        return "mp4";
    if (bytes.starts_with("PK\x03\x04"))
        return archive_kind(bytes);
    if (is_plain_text(bytes) && !is_markup(bytes))
        return "text";
    return invalid("codec.file.unknown");
}

}

MediaType const* MediaTypes::named(std::string_view type) const
{
    auto found = std::find_if(types.begin(), types.end(), [&](auto const& each) { return each.type == type; });
    return found == types.end() ? nullptr : &*found;
}

Result<MediaTypes> read_media_types(std::string_view yaml)
{
    try {
        auto root = YAML::Load(std::string(yaml));
        MediaTypes list;
        list.most_bytes = root["most_bytes"].as<std::int64_t>();
        list.most_pixels = root["most_pixels"].as<std::int64_t>();
        for (auto const& line : root["types"]) {
            MediaType type { line["type"].as<std::string>(), line["extensions"].as<std::vector<std::string>>(),
                line["recognised"].as<std::string>(), line["cleaned"].as<std::string>() };
            if (!one_of(known_contents, type.recognised) || !one_of(known_cleanings, type.cleaned) || type.extensions.empty())
                return broken("media_types.yaml: " + type.type + ": unknown content or cleaning, or no extension");
            list.types.push_back(std::move(type));
        }
        if (list.types.empty() || list.most_bytes <= 0 || list.most_pixels <= 0)
            return broken("media_types.yaml: empty list or limit");
        return list;
    } catch (YAML::Exception const& exception) {
        return broken(std::string("media_types.yaml: ") + exception.what());
    }
}

Result<MediaTypes> embedded_media_types() { return read_media_types(embedded_file("definitions/files/media_types.yaml")); }

std::string extension_of(std::string_view file_name)
{
    auto dot = file_name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string {} : lower(file_name.substr(dot + 1));
}

Result<MediaType> media_type_of(MediaTypes const& list, std::string_view bytes, std::string_view file_name)
{
    auto content = TRY(content_of(bytes));
    auto extension = extension_of(file_name);
    MediaType const* by_content = nullptr;
    for (auto const& type : list.types) {
        bool named_so = one_of(type.extensions, extension);
        if (named_so && type.recognised != content)
            return invalid_because("codec.file.spoofed", extension);
        if (type.recognised == content && (named_so || !by_content || type.type == "text/plain"))
            by_content = by_content && one_of(by_content->extensions, extension) ? by_content : &type;
    }
    if (!by_content)
        return invalid("codec.file.unknown");
    return *by_content;
}

}
