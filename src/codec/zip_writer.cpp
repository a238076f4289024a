#include "codec/zip_writer.hpp"
#include <zip.h>

namespace kpuhub::codec {

static bool add_entry(zip_t* archive, ZipEntry const& entry)
{
    constexpr zip_uint16_t first_day = 1 << 5 | 1;
    auto* source = entry.path.empty() ? zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0)
                                      : zip_source_file(archive, entry.path.c_str(), 0, -1);
    if (source == nullptr)
        return false;
    auto const added = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    auto const at = static_cast<zip_uint64_t>(added);
    return zip_file_set_dostime(archive, at, 0, first_day, 0) == 0 && zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 6) == 0;
}

Result<void> write_zip(std::string const& path, std::vector<ZipEntry> const& entries)
{
    int error = 0;
    auto* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive == nullptr)
        return unavailable("codec.not_written", "zip_open " + std::to_string(error));
    bool good = true;
    for (auto const& entry : entries)
        good = good && add_entry(archive, entry);
    if (!good || zip_close(archive) != 0) {
        zip_discard(archive);
        return unavailable("codec.not_written");
    }
    return {};
}

std::string portable_name(std::string_view name)
{
    constexpr std::size_t most_bytes = 80;
    std::string made;
    for (char const sign : name) {
        bool const plain = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') || sign == '.' || sign == ' ' || sign == '-';
        char const put = plain ? sign : '-';
        if (made.size() < most_bytes && !((put == '-' || put == ' ') && (made.empty() || made.back() == put)))
            made += put;
    }
    while (!made.empty() && (made.back() == '.' || made.back() == ' ' || made.back() == '-'))
        made.pop_back();
    return made.empty() ? "berkas" : made;
}

}
