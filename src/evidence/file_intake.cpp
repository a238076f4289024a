#include "evidence/file_intake.hpp"
#include "http/url.hpp"
#include <algorithm>
#include <filesystem>

namespace kpuhub::evidence {

codec::CleaningSetting cleaning_for(FilePlaces const& places, AccountId account)
{
    auto setting = places.cleaning;
    setting.asker = { std::to_string(account.value), true };
    return setting;
}

Result<ExaminedFile> examine(FilePlaces const& places, AccountId account, std::string const& path, std::string const& name)
{
    std::error_code fault;
    auto bytes = std::filesystem::file_size(path, fault);
    if (fault)
        return not_found("codec.no_file");
    auto found = codec::clean_file_in_child(path, name, cleaning_for(places, account));
    if (!found) {
        auto error = std::move(found).error();
        if (error.kind == FaultKind::Invalid)
            error.fields.push_back({ "file", error.message_key, error.argument });
        return fail(std::move(error));
    }
    return ExaminedFile { path, name, static_cast<std::int64_t>(bytes), std::move(*found) };
}

Result<StoredFile> keep(FilePlaces const& places, ExaminedFile const& file)
{
    using Verdict = codec::CleanFile::Verdict;
    StoredFile stored;
    stored.name = file.name;
    stored.media_type = file.found.media_type;
    stored.bytes = file.bytes;
    stored.held = file.found.verdict == Verdict::Held;
    stored.original_hash = TRY(places.blobs.put_file(file.path)).hash;
    if (file.found.verdict == Verdict::Same)
        stored.shown_hash = stored.original_hash;
    if (file.found.verdict == Verdict::Cleaned) {
        auto cleaned = TRY(places.blobs.put(file.found.cleaned));
        stored.shown_hash = cleaned.hash;
        stored.bytes = cleaned.bytes;
    }
    if (!file.found.preview.empty())
        stored.preview_hash = TRY(places.blobs.put(file.found.preview)).hash;
    return stored;
}

std::string download_name(StoredFile const& file)
{
    auto list = codec::embedded_media_types();
    auto const* type = list ? list->named(file.media_type) : nullptr;
    auto name = file.name.empty() ? std::string { "bukti" } : file.name;
    if (!type)
        return name + ".bin";
    auto ending = codec::extension_of(name);
    bool fits = std::find(type->extensions.begin(), type->extensions.end(), ending) != type->extensions.end();
    return fits ? name : name + "." + type->extensions.front();
}

std::string attachment_header(std::string const& name)
{
    std::string plain;
    for (char sign : name) {
        auto byte = static_cast<unsigned char>(sign);
        if ((byte & 0xC0U) == 0x80U)
            continue;                   // the rest of a sign that already became "_"
        bool allowed = byte >= 0x20 && byte < 0x7F && std::string_view("\"\\%;/").find(sign) == std::string_view::npos;
        plain += allowed ? sign : '_';
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + http::percent_encode(name);
}

}
