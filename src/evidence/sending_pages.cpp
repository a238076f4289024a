#include "evidence/evidence_actions.hpp"
#include "evidence/evidence_form.hpp"
#include "evidence/evidence_pages.hpp"
#include "evidence/page_parts.hpp"
#include "evidence/proof_list.hpp"
#include "evidence/upload.hpp"
#include <algorithm>
#include <filesystem>

namespace kpuhub::evidence {

namespace {

constexpr std::size_t most_files = 20;

struct SourceTab {
    view::Choice source;
    view::Link link;
    bool current = false;
    void describe(view::Visitor& v) const
    {
        v.field("source", source);
        v.field("link", link);
        v.field("current", current);
    }
};

/// A file that came in pieces and waits for the rest of the form.
struct SentFile {
    std::string key;
    std::string name;
    view::Sentence size;
    void describe(view::Visitor& v) const
    {
        v.field("key", key);
        v.field("name", name);
        v.field("size", size);
    }
};

struct SendingPage {
    std::optional<RowLine> row {};
    std::string part;
    view::Link action { "/evidence" };
    view::Link back { "/evidence" };
    view::Link uploads { "/evidence/uploads" };
    std::vector<SourceTab> tabs;
    std::string kind;
    bool camera = false, file = false, address_kind = false, paper = false;
    Sending typed;
    std::vector<SentFile> sent;
    bool details = false;               ///< dates were typed: they stand open
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> file_error {}, title_error {}, address_error {}, paper_kind_error {}, paper_number_error {},
        paper_date_error {}, effective_on_error {}, covers_error {};

    void describe(view::Visitor& v) const
    {
        v.field("row", row);
        v.field("part", part);
        v.field("action", action);
        v.field("back", back);
        v.field("uploads", uploads);
        v.list("tabs", tabs);
        v.field("kind", kind);
        v.field("camera", camera);
        v.field("file", file);
        v.field("address_kind", address_kind);
        v.field("paper", paper);
        v.field("title", typed.title);
        v.field("address", typed.address);
        v.field("paper_kind", typed.paper_kind);
        v.field("paper_number", typed.paper_number);
        v.field("paper_date", typed.paper_date);
        v.field("effective_on", typed.effective_on);
        v.field("covers_from", typed.covers_from);
        v.field("covers_to", typed.covers_to);
        v.list("sent", sent);
        v.field("details", details);
        v.field("errors", errors);
        v.field("file_error", file_error);
        v.field("title_error", title_error);
        v.field("address_error", address_error);
        v.field("paper_kind_error", paper_kind_error);
        v.field("paper_number_error", paper_number_error);
        v.field("paper_date_error", paper_date_error);
        v.field("effective_on_error", effective_on_error);
        v.field("covers_error", covers_error);
    }

    void show_faults(Fault const& fault)
    {
        errors = view::field_errors(fault);
        file_error = view::error_of(errors, "file");
        title_error = view::error_of(errors, "title");
        address_error = view::error_of(errors, "address");
        paper_kind_error = view::error_of(errors, "paper_kind");
        paper_number_error = view::error_of(errors, "paper_number");
        paper_date_error = view::error_of(errors, "paper_date");
        effective_on_error = view::error_of(errors, "effective_on");
        covers_error = view::error_of(errors, "covers_from");
        if (!covers_error)
            covers_error = view::error_of(errors, "covers_to");
        details = details || effective_on_error || covers_error;
    }
};

SendingPage blank_page(std::optional<ProvableRow> const& row, Source source)
{
    SendingPage page;
    std::string own = "/evidence";
    if (row) {
        page.row = row_line(*row);
        page.part = row->target.part ? std::to_string(row->target.part.value) : std::string {};
        own = row->address + "/evidence";
        page.back = { row->address };
    }
    page.action = { own };
    page.kind = code(source);
    page.camera = source == Source::Camera;
    page.file = source == Source::File;
    page.address_kind = source == Source::Link;
    page.paper = source == Source::Reference;
    for (auto each : { Source::Camera, Source::File, Source::Link, Source::Reference }) {
        auto word = std::string(code(each));
        page.tabs.push_back({ { word, "evidence.source." + word }, { own + "/new?kind=" + word + (page.part.empty() ? "" : "&part=" + page.part) },
            each == source });
    }
    return page;
}

Result<http::Response> answer(account::Visit& visit, SendingPage const& page, int status)
{
    auto frame = visit.frame({ "evidence.send", {} }, "send");
    frame.crumbs = page.row
        ? std::vector<view::Crumb> { { view::plain(page.row->number + " " + page.row->title), page.back }, { { "evidence.send", {} }, {} } }
        : std::vector<view::Crumb> { { { "evidence.box.title", {} }, { "/evidence" } }, { { "evidence.send", {} }, {} } };
    return visit.page("evidence/new", page, frame, status);
}

Result<http::Response> show_form(account::Visit& visit, std::optional<ProvableRow> const& row)
{
    TRY_VOID(must_bring(visit));
    return answer(visit, blank_page(row, source_of(visit.request.query.text("kind"))), 200);
}

/// All files of the form: those that came with it and those that came in pieces before.
struct Arrived {
    std::string path;
    std::string name;
    std::optional<Upload> upload {};
};

Result<std::vector<Arrived>> arrived_files(account::Visit& visit, FilePlaces const& places, std::vector<std::string> const& keys)
{
    std::vector<Arrived> files;
    for (auto const& upload : visit.request.uploads)
        if (upload.field == "file" && upload.bytes > 0)
            files.push_back({ upload.stored_at, upload.file_name });
    if (files.size() + keys.size() > most_files)
        return invalid("evidence.form", { { "file", "evidence.file.many" } });
    for (auto const& key : keys) {
        auto upload = TRY(visit.database.read([&](storage::Reader& reader) { return find_upload(reader, visit.reader.account, key); }));
        if (!upload.complete())
            return invalid("evidence.form", { { "file", "evidence.upload.unfinished" } });
        auto path = part_path(places.uploads_folder, upload);
        std::error_code ignored;
        // an earlier file of the same key may have been longer
        if (!upload.evidence)
            std::filesystem::resize_file(path, static_cast<std::uintmax_t>(upload.total_bytes), ignored);
        files.push_back({ path, upload.file_name, upload });
    }
    if (files.empty())
        return invalid("evidence.form", { { "file", "evidence.file.missing" } });
    return files;
}

Result<std::vector<ExaminedFile>> examined_files(FilePlaces const& places, AccountId account, std::vector<Arrived> const& files)
{
    std::vector<ExaminedFile> examined;
    for (auto const& file : files)
        examined.push_back(TRY(examine(places, account, file.path, file.name)));
    return examined;
}

/// One proof for each file; a title is for one file only.
Result<std::vector<Proof>> stored_proofs(FilePlaces const& places, Proof const& typed, std::vector<ExaminedFile> const& files)
{
    std::vector<Proof> proofs;
    for (auto const& file : files) {
        auto proof = typed;
        proof.file = TRY(keep(places, file));
        if (files.size() > 1)
            proof.title.clear();
        proofs.push_back(std::move(proof));
    }
    return proofs;
}

bool all_finished(std::vector<Arrived> const& files)
{
    return !files.empty() && std::all_of(files.begin(), files.end(), [](auto const& file) { return file.upload && file.upload->evidence; });
}

Result<http::Response> save(account::Visit& visit, Surroundings const& around, Sending const& typed, std::vector<Target> const& targets,
    UnitId unit, std::string const& place)
{
    auto proof = TRY(proof_of(typed));
    std::vector<Arrived> files;
    std::vector<ExaminedFile> examined;
    if (proof.kind == Kind::File) {
        files = TRY(arrived_files(visit, around.files, typed.upload_keys));
        if (all_finished(files))
            return http::see_other(place);
        examined = TRY(examined_files(around.files, visit.reader.account, files));
    }
    // nobody collects blobs between storing a file and naming it in a row
    auto held = around.files.blobs.hold();
    std::vector<Proof> proofs { proof };
    if (proof.kind == Kind::File)
        proofs = TRY(stored_proofs(around.files, proof, examined));
    auto act = visit.act();
    auto saved = TRY(visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        for (std::size_t i = 0; i < proofs.size(); ++i) {
            auto id = TRY(bring(transaction, act, around.listener, unit, proofs[i], targets));
            if (i < files.size() && files[i].upload)
                TRY_VOID(finish_upload(transaction, *files[i].upload, id));
        }
        return place;
    }));
    for (auto const& file : files)
        if (file.upload)
            remove_part(around.files.uploads_folder, *file.upload);
    return saved;
}

Result<http::Response> receive(account::Visit& visit, Surroundings const& around, std::optional<ProvableRow> const& row)
{
    TRY_VOID(must_bring(visit));
    auto typed = sending_of(visit.request.form);
    auto targets = row ? Result<std::vector<Target>> { std::vector<Target> { row->target } } : targets_of(visit.request.form);
    auto sent = std::max<std::size_t>(visit.request.uploads.size() + typed.upload_keys.size(), 1);
    auto place = row ? row->address : "/evidence?sent=" + std::to_string(sent);
    auto saved = !targets ? Result<http::Response> { fail(targets.error()) }
                          : save(visit, around, typed, *targets, row ? row->unit : visit.reader.unit, place);
    if (saved || saved.error().kind != FaultKind::Invalid)
        return saved;
    auto page = blank_page(row, typed.source);
    page.typed = typed;
    page.details = !typed.effective_on.empty() || !typed.covers_from.empty() || !typed.covers_to.empty();
    for (auto const& key : typed.upload_keys) {
        auto upload = visit.database.read([&](storage::Reader& reader) { return find_upload(reader, visit.reader.account, key); });
        if (upload && upload->complete() && !upload->evidence)
            page.sent.push_back({ upload->key, upload->file_name, size_words(upload->total_bytes) });
    }
    auto fault = saved.error();
    if (fault.fields.empty())
        fault.fields.push_back({ typed.source == Source::Link ? "address" : "file", fault.message_key, fault.argument });
    page.show_faults(fault);
    return answer(visit, page, http::status_of(fault.kind));
}

}

void register_sending_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto bring = "evidence.bring";
    door.get<SendingPage>(router, "/evidence/new", bring, [](account::Visit& visit) { return show_form(visit, std::nullopt); });
    door.post(router, "/evidence", bring, [around](account::Visit& visit) { return receive(visit, around, std::nullopt); }, http::BodyKind::Upload);
    door.get<SendingPage>(router, "/deliverables/{id}/evidence/new", bring, [around](account::Visit& visit) -> Result<http::Response> {
        return show_form(visit, TRY(row_in_address(visit, around.catalog)));
    });
    door.post(router, "/deliverables/{id}/evidence", bring, [around](account::Visit& visit) -> Result<http::Response> {
        return receive(visit, around, TRY(row_in_address(visit, around.catalog)));
    }, http::BodyKind::Upload);
}

}
