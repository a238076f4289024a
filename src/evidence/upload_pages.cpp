#include "evidence/evidence_pages.hpp"
#include "evidence/page_parts.hpp"
#include "evidence/upload.hpp"
#include "view/renderer.hpp"

namespace kpuhub::evidence {

namespace {

/// How far a file has come; answers always as JSON, its only reader is the element of the form.
struct UploadState {
    std::string key;
    std::int64_t received = 0;
    std::int64_t total = 0;
    void describe(view::Visitor& v) const
    {
        v.field("key", key);
        v.field("received", received);
        v.field("total", total);
    }
};

/// "Upload-Offset" as in the IETF draft on resumable uploads.
http::Response at_offset(int status, std::int64_t offset)
{
    http::Response answer;
    answer.status = status;
    answer.with("Upload-Offset", std::to_string(offset));
    return answer;
}

Result<http::Response> begin(account::Visit& visit)
{
    TRY_VOID(must_bring(visit));
    auto const& form = visit.request.form;
    auto upload = TRY(visit.database.write([&](storage::Transaction& transaction) {
        return begin_upload(transaction, visit.reader.account, form.text("upload_key"), form.text("file_name"),
            form.integer("total_bytes").value_or(0), visit.now);
    }));
    return http::see_other("/evidence/uploads/" + upload.key);
}

Result<http::Response> state(account::Visit& visit)
{
    auto upload = TRY(visit.database.read([&](storage::Reader& reader) {
        return find_upload(reader, visit.reader.account, visit.request.parameter("key"));
    }));
    auto answer = http::json(200, view::Renderer::json(UploadState { upload.key, upload.received_bytes, upload.total_bytes }));
    answer.with("Upload-Offset", std::to_string(upload.received_bytes));
    return answer;
}

Result<http::Response> take_piece(account::Visit& visit, std::string const& folder)
{
    auto const& key = visit.request.parameter("key");
    auto offset = visit.request.query.integer("offset");
    if (!offset)
        return invalid("evidence.upload.offset");
    auto upload = add_piece(visit.database, folder, visit.reader.account, key, *offset, visit.request.body, visit.now);
    if (upload)
        return at_offset(204, upload->received_bytes);
    if (upload.error().kind != FaultKind::Conflict)
        return fail(upload.error());
    auto stands = TRY(visit.database.read([&](storage::Reader& reader) { return find_upload(reader, visit.reader.account, key); }));
    return at_offset(409, stands.received_bytes);
}

}

void register_upload_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto bring = "evidence.bring";
    door.post(router, "/evidence/uploads", bring, begin);
    door.get<UploadState>(router, "/evidence/uploads/{key}", bring, state);
    door.post(router, "/evidence/uploads/{key}/pieces", bring,
        [folder = around.files.uploads_folder](account::Visit& visit) { return take_piece(visit, folder); }, http::BodyKind::Raw);
}

}
