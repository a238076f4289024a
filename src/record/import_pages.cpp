#include "account/form.hpp"
#include "codec/child.hpp"
#include "organization/people_csv.hpp"
#include "record/import.hpp"
#include "record/page_parts.hpp"
#include <fstream>
#include <sstream>

namespace kpuhub::record {

namespace {

struct ImportRow {
    std::int64_t line = 0;
    std::string first;
    bool good = false;
    std::vector<view::FieldErrors::Item> faults;
    void describe(view::Visitor& v) const
    {
        v.field("line", line);
        v.field("name", first);
        v.field("good", good);
        v.list("faults", faults);
    }
};

struct ImportPage {
    std::string file_name;
    std::int64_t good = 0, wrong = 0, taken = 0;
    bool done = false;
    std::vector<std::string> unknown;
    std::vector<ImportRow> rows;
    view::Link apply, again, list;
    void describe(view::Visitor& v) const
    {
        v.field("file_name", file_name);
        v.field("good", good);
        v.field("wrong", wrong);
        v.field("taken", taken);
        v.field("done", done);
        v.list("unknown", unknown);
        v.list("rows", rows);
        v.field("apply", apply);
        v.field("again", again);
        v.field("list_link", list);
    }
};

Result<Place> creating_in(account::Visit& visit, Surroundings const& around)
{
    auto place = TRY(visit.database.read([&](storage::Reader& reader) { return place_in_address(reader, visit, around); }));
    if (!place.rights.creates() || !place.on || place.made->retired)
        return forbidden("record.forbidden.create");
    return place;
}

account::FormPage upload_form(Place const& place, text::Language language)
{
    return { .title = { "record.import.title", { place.made->title.in(language) } }, .lead = view::Sentence { "record.import.lead", { place.unit.name } },
        .action = { place.address("/import") }, .button = { "record.import.read" },
        .fields = { { .name = "file", .label = { "record.import.file" }, .type = "file", .hint = view::Sentence { "record.import.file_hint" } } },
        .upload = true, .cancel = { place.address() }, .extra = { place.address("/import/template") }, .extra_label = { "record.import.template" } };
}

Result<http::Response> ask(account::Visit& visit, Surroundings const& around)
{
    auto place = TRY(creating_in(visit, around));
    return account::form_page(visit, upload_form(place, visit.public_frame({}).language), "registers");
}

Result<http::Response> give_template(account::Visit& visit, Surroundings const& around)
{
    auto place = TRY(creating_in(visit, around));
    auto answer = http::text(200, organization::csv_of(import_template(*place.made)));
    answer.headers.clear();
    return answer.with("Content-Type", "text/csv; charset=utf-8").with("Content-Disposition", "attachment; filename=\"" + place.made->id + ".csv\"");
}

/// Archives are read by the child process only; a CSV needs no more than its own small reader.
Result<Table> table_in(account::Visit const& visit)
{
    constexpr std::int64_t most_bytes = 10 << 20;
    constexpr organization::TableLimits limits { .rows = most_import_rows + 1 };
    codec::Limits unpacked;
    unpacked.output_bytes = most_bytes;
    auto const& request = visit.request;
    if (request.uploads.empty() || request.uploads.front().bytes == 0)
        return invalid("record.wrong", { { "file", "evidence.file.missing" } });
    if (request.uploads.front().bytes > most_bytes)
        return invalid("record.wrong", { { "file", "record.import.large" } });
    std::ifstream file(request.uploads.front().stored_at, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    auto text = std::move(bytes).str();
    if (text.starts_with("PK"))
        return organization::table_of(TRY(codec::read_file_in_child(request.uploads.front().stored_at, unpacked,
            { .sandbox_required = visit.door.settings().sandbox_required, .asker = { std::to_string(visit.reader.account.value), true } })), limits);
    return organization::read_people_csv(text, limits);
}

RecordImportId import_in(account::Visit const& visit) { return { account::number_of(visit.request.parameter("import")) }; }

Result<http::Response> take(account::Visit& visit, Surroundings const& around)
{
    auto place = TRY(creating_in(visit, around));
    auto act = visit.act();
    auto kept = [&]() -> Result<http::Response> {
        auto table = TRY(table_in(visit));
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            auto id = TRY(keep_import(transaction, act, place, visit.request.uploads.front().file_name, table));
            return place.address("/import/" + std::to_string(id.value));
        });
    }();
    if (kept || kept.error().kind != FaultKind::Invalid)
        return kept;
    return account::form_page(visit, upload_form(place, visit.public_frame({}).language), "registers", kept.error());
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto place = TRY(creating_in(visit, around));
    auto preview = TRY(visit.database.read([&](storage::Reader& reader) { return preview_import(reader, place, import_in(visit)); }));
    auto own = place.address("/import/" + std::to_string(import_in(visit).value));
    ImportPage page { preview.file_name, preview.good, preview.wrong, preview.taken, preview.done, preview.unknown, {}, { own + "/application" },
        { place.address("/import") }, { place.address() } };
    for (auto const& line : preview.lines) {
        ImportRow row { line.line, line.first, line.faults.empty(), {} };
        for (auto const& fault : line.faults)
            row.faults.push_back({ fault.field, { fault.message_key, { fault.argument } } });
        page.rows.push_back(std::move(row));
    }
    auto frame = frame_of(visit, place, { "record.import.title", { place.made->title.in(visit.public_frame({}).language) } });
    frame.crumbs.push_back({ { "record.import.crumb" }, {} });
    return visit.page("record/import", page, frame);
}

/// In pieces, so that the writer is never held for long; sent again after a break it goes on where it stopped.
Result<http::Response> apply(account::Visit& visit, Surroundings const& around)
{
    constexpr std::int64_t piece = 25;
    auto place = TRY(creating_in(visit, around));
    auto act = visit.act();
    for (bool more = true; more;)
        more = TRY(visit.database.write([&](storage::Transaction& transaction) {
            return take_import(transaction, act, around.desk(), place, import_in(visit), piece);
        }));
    return http::see_other(place.address("/import/" + std::to_string(import_in(visit).value)));
}

}

void register_import_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    std::string const base = "/units/{unit}/registers/{register}/import";
    door.get<account::FormPage>(router, base, "record.create", [around](account::Visit& visit) { return ask(visit, around); });
    door.get(router, base + "/template", "record.create", [around](account::Visit& visit) { return give_template(visit, around); });
    door.post(router, base, "record.create", [around](account::Visit& visit) { return take(visit, around); }, http::BodyKind::Upload);
    door.get<ImportPage>(router, base + "/{import}", "record.create", [around](account::Visit& visit) { return show(visit, around); });
    door.post(router, base + "/{import}/application", "record.create", [around](account::Visit& visit) { return apply(visit, around); });
}

}
