#include "paper/press.hpp"
#include "codec/docx_writer.hpp"
#include "codec/paper_pdf.hpp"
#include "paper/paper_store.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::paper {

static std::string_view word_of(Edition edition)
{
    return edition == Edition::Preview ? "preview" : edition == Edition::Final ? "final" : "copy";
}

Result<void> write_edition(storage::Database& database, storage::BlobStore& blobs, Kinds const& kinds, PaperId id, Edition edition, std::string const& public_url, time::Instant now,
    codec::ChildSetting const& setting)
{
    auto const made = TRY(database.read([&](storage::Reader& reader) -> Result<std::optional<codec::Paper>> {
        auto const paper = load_any(reader, id);
        auto const kind = paper ? kinds.find(paper->kind) : kinds.end();
        if (kind == kinds.end())
            return not_found();
        if (edition != Edition::Preview)
            for (auto const& file : files_of(reader, id))
                if (file.edition == word_of(edition) && file.media == "pdf")
                    return std::optional<codec::Paper> {};
        return std::optional { TRY(kind->second.make(reader, *paper, edition, public_url)) };
    }));
    if (!made)
        return {};
    auto const pdf = TRY(codec::write_pdf(*made, setting));
    auto const docx = TRY(codec::write_docx(*made));
    auto const held = blobs.hold();
    auto const kept_pdf = TRY(blobs.put(pdf));
    auto const kept_docx = TRY(blobs.put(docx));
    return database.write([&](storage::Transaction& transaction) -> Result<void> {
        save_file(transaction, id, { std::string { word_of(edition) }, "pdf", kept_pdf.hash, kept_pdf.bytes, now });
        save_file(transaction, id, { std::string { word_of(edition) }, "docx", kept_docx.hash, kept_docx.bytes, now });
        return {};
    });
}

void register_writing(job::Workshop& workshop, storage::Database& database, time::Clock const& clock, storage::BlobStore& blobs, Kinds const& kinds, std::string public_url)
{
    workshop.add(writing_job, [&database, &clock, &blobs, &kinds, public_url = std::move(public_url)](job::Job const& job) -> Result<void> {
        auto const payload = nlohmann::json::parse(job.payload, nullptr, false);
        auto const word = payload.is_object() ? payload.value("edition", "preview") : std::string { "preview" };
        auto const edition = word == "final" ? Edition::Final : word == "copy" ? Edition::Copy : Edition::Preview;
        constexpr std::int64_t lease_ms = 300'000;          // a long annex may take minutes on a busy machine
        bool const still_ours = TRY(database.write([&](storage::Transaction& transaction) -> Result<bool> { return job::progress(transaction, job, 0, 1, clock.now(), lease_ms); }));
        return still_ours ? write_edition(database, blobs, kinds, { job.subject.value }, edition, public_url, clock.now()) : Result<void> {};
    });
}

}
