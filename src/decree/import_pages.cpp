#include "decree/import_pages.hpp"
#include "codec/reader_queue.hpp"
#include "decree/import.hpp"
#include "decree/page_pictures.hpp"
#include "decree/review_model.hpp"
#include "decree/time_left.hpp"
#include "organization/access.hpp"
#include "organization/unit_access.hpp"
#include "view/parts.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::decree {

struct ImportRow {
    std::string file_name;
    view::Choice state;
    view::Link link;
    view::Moment started_at;
    std::string changed_by;
    void describe(view::Visitor& v) const
    {
        v.field("file_name", file_name);
        v.field("state", state);
        v.field("link", link);
        v.field("started_at", started_at);
        v.field("changed_by", changed_by);
    }
};

struct UploadPage {
    std::string unit_name;
    view::Link action;
    std::vector<ImportRow> imports;
    std::optional<view::FieldErrors> errors;
    void describe(view::Visitor& v) const
    {
        v.field("unit_name", unit_name);
        v.field("action", action);
        v.list("imports", imports);
        v.field("errors", errors);
    }
};

struct WaitPage {
    std::string file_name;
    std::optional<view::Sentence> failed;
    view::Link again;
    view::Link self;
    std::int64_t version = 0;
    bool may_cancel = false;
    view::Link cancel;
    bool queued = false;                ///< other files are read first
    std::int64_t done = 0, all = 0;     ///< pages; 0 of 0 = not known yet
    std::optional<view::Sentence> left; ///< time, once a page is done
    void describe(view::Visitor& v) const
    {
        v.field("version", version);
        v.field("may_cancel", may_cancel);
        v.field("cancel", cancel);
        v.field("queued", queued);
        v.field("done", done);
        v.field("all", all);
        v.field("left", left);
        v.field("file_name", file_name);
        v.field("failed", failed);
        v.field("again", again);
        v.field("self", self);
    }
};

static Result<http::Response> show_uploads(account::Visit& visit)
{
    UploadPage page;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        auto unit = TRY(organization::unit_by_code(reader, visit.request.parameter("unit"), visit.reader.today));
        if (!organization::may(reader, visit.reader.person, visit.reader.today, unit.id, "plan.read"))
            return not_found();
        page.unit_name = unit.name;
        page.action = { "/units/" + unit.code + "/imports" };
        for (auto const& import : imports_of(reader, visit.reader.person, visit.reader.today, unit.id))
            page.imports.push_back({ import.file_name, { import.state, "decree.state." + import.state }, { address_of(import.id) },
                { import.started_at, visit.reader.zone }, import.changed_by });
        return {};
    }));
    return visit.page("decree/uploads", page, visit.frame({ "decree.upload.title", {} }, "plans"));
}

static Result<http::Response> take_file(account::Visit& visit, storage::BlobStore& blobs)
{
    auto unit = TRY(visit.database.read([&](storage::Reader& reader) -> Result<organization::Unit> {
        auto found = TRY(organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read"));
        if (!organization::may(reader, visit.reader.person, visit.reader.today, found.id, "plan.manage"))
            return forbidden("decree.import.forbidden");
        return found;
    }));
    auto const& uploads = visit.request.uploads;
    if (uploads.empty() || uploads.front().bytes == 0)
        return invalid("decree.upload.missing", { { "file", "decree.upload.missing" } });
    auto const& upload = uploads.front();
    auto held = blobs.hold();       // nobody collects the file before the row names it
    auto blob = TRY(blobs.put_file(upload.stored_at));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto waiting = job::unfinished(transaction, "decree.read", visit.reader.person);
        TRY_VOID(codec::may_wait_for_a_job(waiting.all, waiting.own));
        return address_of(TRY(start(transaction, act, unit.id, upload.file_name, blob.hash)));
    });
}

static view::Sentence fault_sentence(std::string const& fault)
{
    auto const space = fault.find(' ');
    if (space == std::string::npos)
        return { fault, {} };
    return { fault.substr(0, space), { fault.substr(space + 1) } };
}

static view::Frame import_frame(account::Visit const& visit, Import const& import, std::string title)
{
    auto frame = visit.frame({ std::move(title), {} }, "plans");
    frame.crumbs = { { { "decree.crumb", {} }, { "/units/" + import.unit_code + "/imports" } }, { view::plain(import.file_name), {} } };
    return frame;
}

static Result<http::Response> wait_page(account::Visit& visit, Import const& import, std::optional<job::Job> const& job)
{
    WaitPage page;
    page.file_name = import.file_name;
    page.again = { "/units/" + import.unit_code + "/imports" };
    page.self = { address_of(import.id) };
    page.version = import.version;
    page.cancel = { address_of(import.id) + "/discarding" };
    page.may_cancel = import.may_manage && import.state == "reading";
    if (import.state == "failed")
        page.failed = fault_sentence(import.fault);
    if (job && import.state == "reading") {
        page.queued = job->state == "waiting";
        page.done = job->done_steps;
        page.all = job->all_steps;
        page.left = time_left(*job, visit.now);
    }
    auto answer = visit.page("decree/wait", page, import_frame(visit, import, "decree.wait.title"));
    if (import.state == "reading")
        answer.with("Refresh", "1");        // works without script; most files are read within seconds
    return answer;
}

static Looked looked_at(http::Fields const& query)
{
    auto const number = [&](std::string_view name) { return static_cast<int>(std::clamp<std::int64_t>(query.integer(name).value_or(0), 0, 1'000'000)); };
    return { query.text("group"), number("area"), number("row"), number("page") };
}

static Result<http::Response> show_import(account::Visit& visit)
{
    auto id = import_id(visit.request);
    struct Found {
        Review review;
        std::vector<Step> steps;
        std::optional<job::Job> job;
    };
    auto found = TRY(visit.database.read([&](storage::Reader& reader) -> Result<Found> {
        Found made { TRY(find_review(reader, visit.reader.person, visit.reader.today, id)), {}, {} };
        auto const& state = made.review.import.state;
        if (state == "discarded")
            return made;
        if (state == "reading" || state == "failed" || !made.review.drafts)
            made.job = job::latest_of(reader, { id.value });
        else
            made.steps = steps_of(reader, id);
        return made;
    }));
    auto const& import = found.review.import;
    auto const& drafts = found.review.drafts;
    if (import.state == "discarded")
        return http::see_other("/units/" + import.unit_code + "/imports");
    if (import.state == "reading" || import.state == "failed" || !drafts)
        return wait_page(visit, import, found.job);
    if (import.state == "fixed")
        return http::see_other("/units/" + import.unit_code + "/plans/" + std::to_string(import.year));
    auto page = review_page(import, *drafts, found.steps, looked_at(visit.request.query), visit.reader.zone);
    auto frame = import_frame(visit, import, "decree.review.title");
    frame.dock.reset();
    return visit.page("decree/review", page, frame);
}

static Result<http::Response> show_picture(account::Visit& visit, storage::BlobStore& blobs, PagePictures const& pictures)
{
    auto import = TRY(visit.database.read([&](storage::Reader& reader) {
        return find_import(reader, visit.reader.person, visit.reader.today, import_id(visit.request));
    }));
    int page = 0;
    auto const& text = visit.request.parameter("page");
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), page);
    if (parsed.ec != std::errc {} || parsed.ptr != text.data() + text.size() || page < 1)
        return not_found("codec.no_page");
    http::Response answer;
    answer.body = TRY(pictures.picture(import.blob_hash, page, TRY(blobs.path_of(import.blob_hash)),
        { .sandbox_required = visit.door.settings().sandbox_required, .asker = { std::to_string(visit.reader.account.value), true } }));
    answer.with("Content-Type", "image/png").with("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'");
    return answer;
}

template<typename Enum>
static std::optional<Enum> named(std::string const& text)
{
    for (int i = 0; !name(static_cast<Enum>(i)).empty(); ++i)
        if (name(static_cast<Enum>(i)) == text)
            return static_cast<Enum>(i);
    return std::nullopt;
}

static Result<http::Response> settle_group(account::Visit& visit)
{
    auto id = import_id(visit.request);
    auto const& form = visit.request.form;
    auto kind = named<FindingKind>(form.text("finding"));
    auto change = named<Change>(form.text("change"));
    if (!kind || !change)
        return invalid("decree.edit.node");
    Edit decision;
    decision.finding = *kind;
    decision.change = *change;
    decision.value = form.text("value");
    decision.number = static_cast<int>(std::clamp<std::int64_t>(form.integer("number").value_or(0), 0, 100));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(take(transaction, act, id, form.integer("version").value_or(0), decision));
        return address_of(id);
    });
}

static Result<http::Response> undo_step(account::Visit& visit)
{
    auto id = import_id(visit.request);
    auto const& form = visit.request.form;
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(take_back(transaction, act, id, form.integer("version").value_or(0), form.integer("step").value_or(0)));
        return address_of(id);
    });
}

static Result<http::Response> discard_import(account::Visit& visit)
{
    auto id = import_id(visit.request);
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const import = TRY(find_import(transaction, act.actor, act.today, id));
        TRY_VOID(discard(transaction, act, id, visit.request.form.integer("version").value_or(0)));
        return "/units/" + import.unit_code + "/imports";
    });
}

static Result<http::Response> send_file(account::Visit& visit, storage::BlobStore& blobs)
{
    auto import = TRY(visit.database.read([&](storage::Reader& reader) {
        return find_import(reader, visit.reader.person, visit.reader.today, import_id(visit.request));
    }));
    http::Response answer;
    answer.file = TRY(blobs.path_of(import.blob_hash));
    answer.with("Content-Type", "application/octet-stream")
        .with("Content-Disposition", "attachment; filename=\"decree-" + std::to_string(import.id.value) + "\"")
        .with("Content-Security-Policy", "sandbox; default-src 'none'");
    return answer;
}

void register_import_pages(account::Door const& door, http::Router& router, storage::BlobStore& blobs)
{
    door.get<UploadPage>(router, "/units/{unit}/imports", "plan.read", show_uploads);
    door.post(router, "/units/{unit}/imports", "plan.manage", [&blobs](account::Visit& visit) { return take_file(visit, blobs); }, http::BodyKind::Upload);
    door.get<WaitPage, ReviewPage>(router, "/imports/{import}", "plan.read", show_import);
    door.get(router, "/imports/{import}/file", "plan.read", [&blobs](account::Visit& visit) { return send_file(visit, blobs); });
    door.get(router, "/imports/{import}/pages/{page}", "plan.read",
        [&blobs, pictures = PagePictures { blobs.folder() + "/../page-pictures" }](account::Visit& visit) { return show_picture(visit, blobs, pictures); });
    door.post(router, "/imports/{import}/decisions", "plan.manage", settle_group);
    door.post(router, "/imports/{import}/undoing", "plan.manage", undo_step);
    door.post(router, "/imports/{import}/discarding", "plan.manage", discard_import);
    register_fix_pages(door, router);
    register_row_pages(door, router);
}

}
