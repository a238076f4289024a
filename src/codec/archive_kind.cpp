#include "codec/archive_kind.hpp"
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <zip.h>

namespace kpuhub::codec {

namespace {

constexpr zip_int64_t most_entries = 2000;
constexpr std::uint64_t most_unpacked = 200ULL << 20U;
constexpr std::uint64_t most_ratio = 100;
constexpr std::uint64_t small_anyway = 1ULL << 20U;     // a few kilobytes of equal signs pack far better than 100 : 1

struct Close {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Close>;

Archive open(std::string_view bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    auto* archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    if (!archive && source)
        zip_source_free(source);
    zip_error_fini(&error);
    return Archive(archive);
}

std::string open_document_type(zip_t* archive)
{
    std::unique_ptr<zip_file_t, Close> file(zip_fopen(archive, "mimetype", 0));
    std::array<char, 80> type {};
    auto read = file ? zip_fread(file.get(), type.data(), type.size()) : 0;
    return read > 0 ? std::string(type.data(), static_cast<std::size_t>(read)) : std::string {};
}

}

Result<std::string> archive_kind(std::string_view bytes)
{
    auto archive = open(bytes);
    if (!archive)
        return invalid("codec.file.archive");
    auto entries = zip_get_num_entries(archive.get(), 0);
    if (entries <= 0 || entries > most_entries)
        return invalid("codec.file.archive");
    std::uint64_t unpacked = 0;
    for (zip_int64_t i = 0; i < entries; ++i) {
        zip_stat_t entry;
        if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &entry) != 0)
            return invalid("codec.file.archive");
        unpacked += entry.size;
        bool packed_too_well = entry.size > small_anyway && entry.size / std::max<std::uint64_t>(entry.comp_size, 1) > most_ratio;
        if (unpacked > most_unpacked || packed_too_well)
            return invalid("codec.file.archive");
        if (std::string_view(entry.name).ends_with("vbaProject.bin"))
            return invalid("codec.file.macro");
    }
    auto holds = [&](char const* name) { return zip_name_locate(archive.get(), name, 0) >= 0; };
    if (holds("[Content_Types].xml")) {
        constexpr std::array<std::pair<char const*, char const*>, 3> documents { { { "word/document.xml", "docx" },
            { "xl/workbook.xml", "xlsx" }, { "ppt/presentation.xml", "pptx" } } };
        for (auto const& [part, kind] : documents)
            if (holds(part))
                return kind;
    }
    auto type = open_document_type(archive.get());
    if (type == "application/vnd.oasis.opendocument.text")
        return "odt";
    if (type == "application/vnd.oasis.opendocument.spreadsheet")
        return "ods";
    return invalid("codec.file.unknown");
}

}
