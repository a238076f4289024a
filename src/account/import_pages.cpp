#include "account/people_pages.hpp"
#include "codec/child.hpp"
#include "organization/people_csv.hpp"
#include "organization/people_import.hpp"
#include <fstream>
#include <sstream>

namespace kpuhub::account {

using organization::ImportedPerson;
using Change = ImportedPerson::Change;

struct ImportRow {
    std::int64_t line = 0;
    std::string name;
    view::Choice change;
    std::vector<view::Choice> fields;
    std::vector<view::Sentence> faults;
    struct Word {
        view::Sentence words;
        void describe(view::Visitor& v) const { v.field("words", words); }
    };

    void describe(view::Visitor& v) const
    {
        v.field("line", line);
        v.field("name", name);
        v.field("change", change);
        std::vector<Word> changed, wrong;
        for (auto const& field : fields)
            changed.push_back({ { field.message_key, {} } });
        for (auto const& fault : faults)
            wrong.push_back({ fault });
        v.list("changed", changed);
        v.list("wrong", wrong);
    }
};

struct ImportPage {
    std::string file_name;
    std::int64_t added = 0, changed = 0, unchanged = 0, wrong = 0;
    std::vector<ImportRow> rows;
    bool applied = false;
    bool something = false;
    Action apply;
    view::Link back, again;

    void describe(view::Visitor& v) const
    {
        v.field("file_name", file_name);
        v.field("added", added);
        v.field("changed", changed);
        v.field("unchanged", unchanged);
        v.field("wrong", wrong);
        v.list("rows", rows);
        v.field("applied", applied);
        v.field("something", something);
        v.field("apply", apply);
        v.field("back", back);
        v.field("again", again);
    }
};

static FormPage upload_form(PeopleRights const& rights)
{
    return { .title = { "people.import.title", {} }, .lead = view::Sentence { "people.import.lead", { rights.name } },
        .action = { people_address(rights, "/import") }, .button = { "people.import.read", {} },
        .fields = { { .name = "file", .label = { "people.import.file", {} }, .type = "file", .hint = view::Sentence { "people.import.file_hint", {} } } },
        .upload = true, .cancel = { people_address(rights) }, .extra = { people_address(rights, "/import/template") }, .extra_label = { "people.import.template", {} } };
}

static Result<http::Response> ask(Visit& visit) { return form_page(visit, upload_form(TRY(managing_in(visit))), "people"); }

static Result<http::Response> give_template(Visit& visit)
{
    TRY(managing_in(visit));
    auto answer = http::text(200, organization::csv_of(organization::people_template()));
    answer.headers.clear();
    return answer.with("Content-Type", "text/csv; charset=utf-8").with("Content-Disposition", "attachment; filename=\"pegawai.csv\"");
}

/// Archives and XML are read by the child process only; the plain text of a CSV needs no more than its own small reader.
static Result<organization::Table> table_in(Visit const& visit)
{
    auto const& request = visit.request;
    if (request.uploads.empty() || request.uploads.front().bytes == 0)
        return invalid("people.wrong", { { "file", "people.import.file_missing" } });
    constexpr std::int64_t most_bytes = 2 << 20;
    constexpr organization::TableLimits limits { .rows = organization::most_imported + 1 };
    if (request.uploads.front().bytes > most_bytes)
        return invalid("people.wrong", { { "file", "people.import.file_large" } });
    std::ifstream file(request.uploads.front().stored_at, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    auto text = std::move(bytes).str();
    if (text.starts_with("PK"))
        return organization::table_of(TRY(codec::read_file_in_child(request.uploads.front().stored_at, {},
            { .sandbox_required = visit.door.settings().sandbox_required, .asker = { std::to_string(visit.reader.account.value), true } })), limits);
    return organization::read_people_csv(text, limits);
}

static Result<http::Response> take(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto table = table_in(visit);
    if (!table && table.error().kind != FaultKind::Invalid)
        return fail(table.error());
    if (!table)
        return form_page(visit, upload_form(rights), "people", table.error());
    auto act = visit.act();
    return submit(visit, upload_form(rights), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto id = TRY(organization::keep_import(transaction, act, rights.unit, visit.request.uploads.front().file_name, *table));
        return people_address(rights, "/import/" + std::to_string(id.value));
    });
}

static char const* word_of(Change change)
{
    switch (change) {
    case Change::Added: return "added";
    case Change::Changed: return "changed";
    case Change::Unchanged: return "unchanged";
    default: return "wrong";
    }
}

static std::vector<ImportRow> rows_of(organization::PeoplePreview const& preview)
{
    std::vector<ImportRow> rows;
    for (auto const& line : preview.lines) {
        if (line.change == Change::Unchanged)
            continue;
        ImportRow row { line.line, line.draft.name, choice_of("change", word_of(line.change)), {}, {} };
        for (auto const& field : line.changed)
            row.fields.push_back(choice_of("field", field));
        for (auto const& fault : line.faults)
            row.faults.push_back({ fault.message_key, { fault.argument } });
        rows.push_back(std::move(row));
    }
    return rows;
}

static Result<http::Response> show(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    organization::PeopleImportId id { number_of(visit.request.parameter("import")) };
    ImportPage page;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        auto kept = TRY(organization::kept_import(reader, act, rights.unit, id));
        auto preview = TRY(organization::preview_people(reader, act, rights.unit, kept.table));
        page = { kept.file_name, preview.count(Change::Added), preview.count(Change::Changed), preview.count(Change::Unchanged),
            preview.count(Change::Wrong), rows_of(preview), kept.applied, false,
            { { people_address(rights, "/import/" + std::to_string(id.value) + "/application") }, { "people.import.apply", { preview.count(Change::Added) + preview.count(Change::Changed) } } },
            { people_address(rights) }, { people_address(rights, "/import") } };
        page.something = page.added + page.changed > 0;
        return {};
    }));
    return visit.page("people/import", page, people_frame(visit, { "people.import.title", {} }, rights));
}

/// In pieces of 50 lines, so that the writer is never held for long; done again after a break it goes on where it stopped,
/// since what is there already is not changed.
static Result<http::Response> apply(Visit& visit)
{
    constexpr std::int64_t piece = 50;
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    organization::PeopleImportId id { number_of(visit.request.parameter("import")) };
    auto kept = TRY(visit.database.read([&](storage::Reader& reader) { return organization::kept_import(reader, act, rights.unit, id); }));
    auto last = static_cast<std::int64_t>(kept.table.size());
    for (std::int64_t line = 2; line <= last; line += piece)
        TRY(visit.database.write([&](storage::Transaction& transaction) {
            return organization::apply_people(transaction, act, rights.unit, kept.table, line, line + piece - 1);
        }));
    TRY_VOID(visit.database.write([&](storage::Transaction& transaction) -> Result<void> {
        organization::mark_applied(transaction, act, id);
        return {};
    }));
    return http::see_other(people_address(rights, "/import/" + std::to_string(id.value)));
}

void register_import_pages(Door const& door, http::Router& router)
{
    door.get<FormPage>(router, "/units/{unit}/people/import", "people.manage", ask);
    door.get(router, "/units/{unit}/people/import/template", "people.manage", give_template);
    door.post(router, "/units/{unit}/people/import", "people.manage", take, http::BodyKind::Upload);
    door.get<ImportPage>(router, "/units/{unit}/people/import/{import}", "people.manage", show);
    door.post(router, "/units/{unit}/people/import/{import}/application", "people.manage", apply);
}

}
