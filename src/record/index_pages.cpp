#include "definition/offer.hpp"
#include "evidence/evidence_form.hpp"
#include "record/page_parts.hpp"
#include <algorithm>

namespace kpuhub::record {

namespace {

struct IndexRow {
    std::string title, lead, register_id;
    view::Choice data_class;
    view::Link link, add, use, recap;
    bool on = false, may_set = false, reads = false, fits = false;
    std::int64_t records = 0;
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("lead", lead);
        v.field("register_id", register_id);
        v.field("data_class", data_class);
        v.field("link", link);
        v.field("add", add);
        v.field("use", use);
        v.field("recap", recap);
        v.field("on", on);
        v.field("may_set", may_set);
        v.field("reads", reads);
        v.field("fits", fits);
        v.field("records", records);
    }
};

}

struct IndexPage {
    std::string office;
    std::vector<IndexRow> rows, off;
    std::optional<view::EmptyState> nothing {};
    view::Link campaigns {}, retention {}, reads {};     ///< the latter two for who may
    std::string for_row {};                 ///< the row of the plan that a record is to prove
    void describe(view::Visitor& v) const
    {
        v.field("office", office);
        v.list("rows", rows);
        v.list("off_rows", off);
        v.field("nothing", nothing);
        v.field("campaigns", campaigns);
        v.field("retention", retention);
        v.field("reads", reads);
        v.field("for_row", for_row);
    }
};

/// The registers that prove rows of these words.
static std::set<std::string> fitting(storage::Reader& reader, evidence::ProvableRow const& row)
{
    auto const offer = definition::offer(reader);
    std::set<std::string> found;
    for (auto const& match : offer->binder().matches(row.part.empty() ? definition::WordedRow { row.title, {}, {}, 0 } : definition::WordedRow { row.part, row.title, {}, 0 }))
        for (auto const* each : offer->service(match.target->kind, match.target->id).registers)
            found.insert(each->id);
    return found;
}

static Result<http::Response> show_index(account::Visit& visit, Surroundings const& around)
{
    auto frame = visit.frame({ "record.registers" }, "registers");
    auto target = evidence::target_of(visit.request.query.text("row"));
    std::string row_words;
    std::set<std::string> fits;
    auto list = TRY(visit.database.read([&](storage::Reader& reader) -> Result<RegisterList> {
        auto row = target ? around.catalog.row_of(reader, visit.reader.person, visit.reader.today, *target) : std::nullopt;
        if (row) {
            row_words = row->title + (row->part.empty() ? "" : ", " + row->part);
            fits = fitting(reader, *row);
        }
        return registers_of(reader, around.shelf, asker_of(visit), visit.request.parameter("unit"));
    }));
    IndexPage page { list.unit.name, {}, {} };
    page.for_row = row_words;
    page.campaigns = { "/units/" + list.unit.code + "/campaigns" };
    if (list.may_retain)
        page.retention = { "/units/" + list.unit.code + "/retention" };
    if (list.may_read_journal)
        page.reads = { "/units/" + list.unit.code + "/reads" };
    frame.office = list.unit.name;
    frame.office_code = list.unit.code;
    for (auto const& line : list.lines) {
        auto address = "/units/" + list.unit.code + "/registers/" + line.made->id;
        auto data_class = std::string { to_text(line.made->data_class) };
        IndexRow row { line.made->title.in(frame.language), line.made->lead.in(frame.language), line.made->id, { data_class, "record.class." + data_class },
            { address }, {}, { address + "/use" }, { line.recap ? address + "/recap" : std::string {} }, line.on, list.may_set, line.reads, fits.contains(line.made->id), line.reads ? line.records : 0 };
        if (line.creates)
            row.add = { address + "/new" + (row_words.empty() ? "" : "?row=" + evidence::text_of(*target)) };
        (line.on ? page.rows : page.off).push_back(std::move(row));
    }
    for (auto* rows : { &page.rows, &page.off })
        std::ranges::sort(*rows, {}, &IndexRow::title);
    std::ranges::stable_partition(page.rows, [](auto const& row) { return row.fits; });
    if (page.rows.empty())
        page.nothing = view::EmptyState { { "record.index.nothing" }, view::Sentence { list.may_set ? "record.index.nothing_set" : "record.index.nothing_why" } };
    return visit.page("record/index", page, frame);
}

static Result<http::Response> set(account::Visit& visit, Surroundings const& around)
{
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const& unit = visit.request.parameter("unit");
        auto state = visit.request.form.text("state");
        if (state != "on" && state != "off")
            return invalid("record.wrong", { { "state", "record.wrong.choice" } });
        TRY_VOID(set_use(transaction, act, around.shelf, unit, visit.request.parameter("register"), state == "on"));
        return "/units/" + unit + "/registers";
    });
}

void register_index_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<IndexPage>(router, "/units/{unit}/registers", "record.read", [around](account::Visit& visit) { return show_index(visit, around); });
    door.post(router, "/units/{unit}/registers/{register}/use", "unit.set", [around](account::Visit& visit) { return set(visit, around); });
}

}
