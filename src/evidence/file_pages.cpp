#include "evidence/evidence_pages.hpp"
#include "evidence/file_answer.hpp"
#include "evidence/page_parts.hpp"

namespace kpuhub::evidence {

namespace {

Result<http::Response> download(storage::BlobStore const& blobs, ProofRow const& proof, std::string const& hash)
{
    if (hash.empty())
        return not_found();
    auto answer = shut_in_answer(TRY(blobs.path_of(hash)), proof.file.media_type);
    answer.with("Content-Disposition", attachment_header(download_name(proof.file)));
    return answer;
}

/// What the reader sees anyway, or what an office above shares with his.
Result<ProofRow> proof_to_open(account::Visit& visit, SubjectCatalog& catalog)
{
    auto const id = TRY(id_in_address<EvidenceTag>(visit));
    return visit.database.read([&](storage::Reader& reader) -> Result<ProofRow> {
        auto proof = find(reader, asker_of(visit), id);
        if (!proof && catalog.shared_with(reader, visit.reader.person, visit.reader.today, id))
            proof = find_shared(reader, id);
        if (!proof)
            return not_found();
        return std::move(*proof);
    });
}

Result<http::Response> shown_file(account::Visit& visit, storage::BlobStore const& blobs, SubjectCatalog& catalog)
{
    auto proof = TRY(proof_to_open(visit, catalog));
    return download(blobs, proof, proof.file.shown_hash);
}

/// As sent, with all that was taken out of the copy: for who brought it and who answers for what is shown.
Result<http::Response> original_file(account::Visit& visit, storage::BlobStore const& blobs)
{
    auto proof = TRY(proof_in_address(visit));
    if (proof.kind != Kind::File)
        return not_found();
    if (!proof.may_change && !proof.may_release)
        return forbidden("evidence.original.forbidden");
    return download(blobs, proof, proof.file.original_hash);
}

Result<http::Response> preview(account::Visit& visit, storage::BlobStore const& blobs)
{
    auto proof = TRY(proof_in_address(visit));
    if (proof.file.preview_hash.empty())
        return not_found();
    return shut_in_answer(TRY(blobs.path_of(proof.file.preview_hash)), "image/jpeg");
}

Result<http::Response> public_file(account::Visit& visit, storage::BlobStore const& blobs)
{
    auto id = TRY(id_in_address<EvidenceTag>(visit));
    auto proof = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::optional<ProofRow>> { return find_released(reader, id); }));
    if (!proof || proof->kind != Kind::File)
        return not_found();
    auto answer = TRY(download(blobs, *proof, proof->file.shown_hash));
    answer.with("Cache-Control", "public, max-age=60");
    return answer;
}

}

void register_file_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto const& blobs = around.files.blobs;
    auto& catalog = around.catalog;
    door.get(router, "/evidence/{id}/file", "plan.read", [&blobs, &catalog](account::Visit& visit) { return shown_file(visit, blobs, catalog); });
    door.get(router, "/evidence/{id}/original", "evidence.bring", [&blobs](account::Visit& visit) { return original_file(visit, blobs); });
    door.get(router, "/evidence/{id}/preview", "plan.read", [&blobs](account::Visit& visit) { return preview(visit, blobs); });
    door.get_public(router, "/documents/{id}", [&blobs](account::Visit& visit) { return public_file(visit, blobs); });
}

}
