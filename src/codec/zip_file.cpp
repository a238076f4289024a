#include "codec/zip_file.hpp"
#include <array>
#include <zip.h>

namespace kpuhub::codec {

namespace {

Result<void> check_entries(zip_t* archive, std::size_t packed, Limits const& limits)
{
    auto const count = zip_get_num_entries(archive, 0);
    if (count < 0 || static_cast<std::size_t>(count) > limits.zip_entries)
        return invalid_because("codec.zip_too_large", std::to_string(limits.zip_entries));
    std::size_t total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t entry;
        zip_stat_init(&entry);
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &entry) != 0)
            return invalid("codec.office_broken");
        if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && entry.encryption_method != ZIP_EM_NONE)
            return invalid("codec.encrypted");
        if (entry.size > limits.unpacked_bytes)
            return invalid_because("codec.zip_too_large", std::to_string(limits.unpacked_bytes >> 20U) + " MiB");
        total += entry.size;
    }
    if (total > limits.unpacked_bytes || total > (packed + 1) * limits.zip_ratio)
        return invalid_because("codec.zip_too_large", std::to_string(limits.unpacked_bytes >> 20U) + " MiB");
    return {};
}

}

void ZipFile::Closer::operator()(zip* archive) const { zip_discard(archive); }

Result<ZipFile> ZipFile::open(std::string_view bytes, Limits const& limits)
{
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr)
        return invalid("codec.office_broken");
    auto* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive == nullptr) {
        zip_source_free(source);
        zip_error_fini(&error);
        return invalid("codec.office_broken");
    }
    ZipFile file { archive, limits.unpacked_bytes };
    TRY_VOID(check_entries(archive, bytes.size(), limits));
    return file;
}

bool ZipFile::has(std::string const& path) const
{
    return zip_name_locate(m_archive.get(), path.c_str(), 0) >= 0;
}

Result<std::string> ZipFile::read(std::string const& path)
{
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> const file { zip_fopen(m_archive.get(), path.c_str(), 0), zip_fclose };
    if (!file)
        return invalid("codec.office_broken");
    std::string bytes;
    std::array<char, 65536> part {};
    for (;;) {
        auto const got = zip_fread(file.get(), part.data(), part.size());
        if (got < 0)
            return invalid("codec.office_broken");
        if (got == 0)
            return bytes;
        // The sizes in the directory are a claim; what comes out is counted.
        if (static_cast<std::size_t>(got) > m_left)
            return invalid_because("codec.zip_too_large", "MiB");
        m_left -= static_cast<std::size_t>(got);
        bytes.append(part.data(), static_cast<std::size_t>(got));
    }
}

}
