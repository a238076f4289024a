#include "codec/clean_file.hpp"
#include "codec/picture.hpp"
#include "codec/tool.hpp"
#include <algorithm>
#include <array>
#include <optional>

namespace kpuhub::codec {

namespace {

constexpr int with_warnings = 2;            // jpegtran and djpeg: written, but the data were not quite whole
constexpr std::int64_t preview_side = 480;

/// Options of jpegtran that make a picture of each Exif orientation (2 to 8) upright without losing anything.
constexpr std::array<std::array<char const*, 2>, 9> uprightings { { {}, {}, { "-flip", "horizontal" }, { "-rotate", "180" },
    { "-flip", "vertical" }, { "-transpose", nullptr }, { "-rotate", "90" }, { "-transverse", nullptr }, { "-rotate", "270" } } };

struct Workplace {
    std::string const& folder;
    std::size_t most_bytes;
    [[nodiscard]] std::string at(char const* name) const { return folder + "/" + name; }
    [[nodiscard]] std::string result() const { return read_whole(at("out"), most_bytes); }
};

std::string clean_jpeg(Workplace const& place, int turned)
{
    std::vector<std::string> words { "/usr/bin/jpegtran", "-copy", "none", "-maxmemory", "300m" };
    for (auto const* word : uprightings.at(static_cast<std::size_t>(turned)))
        if (word)
            words.emplace_back(word);
    if (turned != 1)
        words.emplace_back("-trim");
    words.insert(words.end(), { "-outfile", place.at("out"), place.at("in") });
    return run_tool(words, with_warnings) ? place.result() : std::string {};
}

std::string clean_png(Workplace const& place)
{
    bool done = run_tool({ "/usr/bin/optipng", "-quiet", "-zc6", "-zm8", "-zs0", "-f5", "-force", "-strip", "all", "-out",
        place.at("out"), place.at("in") });
    return done ? place.result() : std::string {};
}

std::string clean_webp(Workplace const& place, std::string_view bytes)
{
    if (is_bare("webp", bytes))
        return std::string(bytes);
    std::string from = place.at("in");
    for (auto const* what : { "exif", "xmp", "icc" }) {
        auto to = place.at(what);
        if (!run_tool({ "/usr/bin/webpmux", "-strip", what, from, "-o", to }))
            continue;                   // it has none of that
        from = to;
    }
    return read_whole(from, place.most_bytes);
}

std::string cleaned_bytes(Workplace const& place, MediaType const& type, std::string_view bytes, Picture const& picture)
{
    if (type.cleaned == "boxes")
        return film_without_descriptions(bytes).value_or(std::string {});
    if (!write_whole(place.at("in"), bytes))
        return {};
    if (type.cleaned == "jpegtran")
        return clean_jpeg(place, picture.turned);
    if (type.cleaned == "optipng")
        return clean_png(place);
    return clean_webp(place, bytes);
}

/// A small JPEG of the picture; empty when it cannot be drawn, which keeps nobody from opening the file itself.
std::string preview_of(Workplace const& place, std::string_view content, std::string_view bytes, Picture const& picture)
{
    auto from = place.at("shown");
    auto plain = place.at("plain.ppm");
    if (!write_whole(from, bytes))
        return {};
    auto side = std::max(picture.width, picture.height);
    bool drawn = false;
    if (content == "jpeg") {
        auto eighths = std::clamp<std::int64_t>((preview_side * 8 + side - 1) / side, 1, 8);
        drawn = run_tool({ "/usr/bin/djpeg", "-scale", std::to_string(eighths) + "/8", "-ppm", "-outfile", plain, from }, with_warnings);
    } else {
        auto width = std::to_string(std::max<std::int64_t>(picture.width * std::min(side, preview_side) / side, 1));
        if (content == "png") {
            auto as_webp = place.at("shown.webp");
            drawn = run_tool({ "/usr/bin/cwebp", "-quiet", "-resize", width, "0", from, "-o", as_webp });
            from = as_webp;
        }
        drawn = (drawn || content == "webp") && run_tool({ "/usr/bin/dwebp", "-quiet", "-ppm", "-scale", width, "0", from, "-o", plain });
    }
    bool written = drawn && run_tool({ "/usr/bin/cjpeg", "-quality", "70", "-optimize", "-outfile", place.at("preview"), plain });
    constexpr std::size_t most_preview = 512U << 10U;
    return written ? read_whole(place.at("preview"), most_preview) : std::string {};
}

}

Result<CleanFile> clean_file(MediaTypes const& list, std::string_view bytes, std::string_view file_name, std::string const& folder)
{
    auto type = TRY(media_type_of(list, bytes, file_name));
    CleanFile file { CleanFile::Verdict::Same, type.type };
    if (type.cleaned == "none") {
        file.active = type.recognised == "pdf" && is_active_pdf(bytes);
        return file;
    }
    Picture picture;
    if (type.recognised != "mp4") {
        auto found = picture_of(type.recognised, bytes);
        if (!found)
            return invalid("codec.file.broken");
        if (found->pixels() > list.most_pixels)
            return invalid_because("codec.file.pixels", std::to_string(list.most_pixels / 1'000'000));
        picture = *found;
    }
    Workplace place { folder, static_cast<std::size_t>(list.most_bytes) * 2 };
    auto cleaned = cleaned_bytes(place, type, bytes, picture);
    if (!is_bare(type.recognised, cleaned)) {
        file.verdict = CleanFile::Verdict::Held;
        return file;
    }
    if (type.recognised != "mp4")
        file.preview = preview_of(place, type.recognised, cleaned, picture_of(type.recognised, cleaned).value_or(picture));
    if (cleaned != bytes) {
        file.verdict = CleanFile::Verdict::Cleaned;
        file.cleaned = std::move(cleaned);
    }
    return file;
}

}
