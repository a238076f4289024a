#include "codec/child.hpp"
#include "decree/import.hpp"
#include "decree/import_pages.hpp"
#include "decree/read_decree.hpp"
#include "decree/shape.hpp"

namespace kpuhub::decree {

constexpr storage::Query file_of_import { "decree.file_of_import", R"sql(
    SELECT i.blob_hash FROM decree_import i JOIN subject s ON s.id = i.subject_id
     WHERE i.subject_id = $1 AND s.state = 'reading' )sql" };

static Result<std::string> file_being_read(storage::Database& database, ImportId id)
{
    return database.read([&](storage::Reader& reader) -> Result<std::string> {
        auto row = reader.first(file_of_import, id);
        return row ? row->text(0) : std::string {};
    });
}

static Result<Draft> read_blob(storage::BlobStore& blobs, std::string const& hash, bool sandbox_required, codec::ChildProgress const& progress)
{
    auto path = TRY(blobs.path_of(hash));
    auto document = TRY(codec::read_file_in_child(path, {}, { .sandbox_required = sandbox_required }, progress));
    auto shape = TRY(built_in_shape());
    return read_decree(document, shape);
}

void register_reading(job::Workshop& workshop, storage::Database& database, time::Clock const& clock, storage::BlobStore& blobs, bool sandbox_required)
{
    workshop.add("decree.read", [&, sandbox_required](job::Job const& job) -> Result<void> {
        ImportId id { job.subject.value };
        auto hash = TRY(file_being_read(database, id));
        if (hash.empty())
            return {};      // given up meanwhile
        // Pages read are the job's steps; who cancels the job or gives the import up ends the child.
        auto go_on = [&](int done, int all) {
            auto kept = database.write([&](storage::Transaction& transaction) -> Result<bool> {
                return job::progress(transaction, job, done, all, clock.now());
            });
            auto file = file_being_read(database, id);
            return kept && *kept && file && !file->empty();
        };
        auto draft = read_blob(blobs, hash, sandbox_required, go_on);
        if (!draft && draft.error().message_key == "codec.cancelled")
            return fail(draft.error());
        auto act = journal::make_act(job.started_by, clock.now(), clock.today());
        TRY_VOID(database.write([&](storage::Transaction& transaction) -> Result<void> {
            if (draft)
                keep_draft(transaction, act, id, *draft);
            else
                keep_fault(transaction, act, id, draft.error());
            return {};
        }));
        return {};
    });
}

}
