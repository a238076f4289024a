#include "organization/unit_access.hpp"
#include "record/read_log_model.hpp"

namespace kpuhub::record {

void ReadByRow::describe(view::Visitor& v) const
{
    v.field("at", at);
    v.field("who", who);
    v.field("post", post);
    v.field("what", what);
    v.field("register_title", register_title);
    v.field("record", record);
}

void ReadLogPage::describe(view::Visitor& v) const
{
    v.field("of", of);
    v.list("rows", rows);
    v.list("registers", registers);
    v.field("whole_office", whole_office);
    v.field("address", address);
    v.field("back", back);
    v.field("next", next);
    v.field("nothing", nothing);
}

void ReadLogChoice::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("chosen", chosen);
}

namespace {

constexpr int rows_shown = 100;
constexpr std::string_view permission = "journal.read";

ReadByRow row_of(ReadByLine const& line, definition::Register const* made, time::Zone zone, text::Language language)
{
    ReadByRow row { { line.at, zone }, line.person, line.post, { "record.read." + line.act, { line.rows } }, made ? made->title.in(language) : line.register_id, {} };
    if (line.record)
        row.record = { address_of(line.record) };
    return row;
}

void finish(ReadLogPage& page, std::vector<ReadByLine> const& lines, std::string const& address)
{
    if (static_cast<int>(lines.size()) == rows_shown)
        page.next = { address + (address.find('?') == std::string::npos ? "?" : "&") + "below=" + std::to_string(lines.back().id) };
    if (page.rows.empty())
        page.nothing = view::EmptyState { { "record.read.nothing" }, view::Sentence { "record.read.nothing_why" }, page.back, { "record.read.back" } };
}

/// Who opened one record: for who reads the journal of its office. He need not read the record, and learns nothing of what it says.
Result<http::Response> show_of_record(account::Visit& visit, Surroundings const& around)
{
    auto const id = TRY(record_id_in_address(visit));
    TRY(around.reads.write(visit.database));
    auto const language = visit.public_frame({}).language;
    auto const asker = asker_of(visit);
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, ReadLogPage>> {
        auto at = TRY(place_of_record(reader, around.shelf, asker, id));
        if (!at.place.rights.holds(permission)) {
            TRY(find_record(reader, at));
            return forbidden("record.forbidden.reads");
        }
        ReadLogPage page;
        bool const reads = find_record(reader, at).has_value();
        page.of = "#" + std::to_string(id.value);
        page.back = { reads ? address_of(id) : "/units/" + at.place.unit.code + "/reads" };
        auto const lines = reads_of_record(reader, id, asker.today, visit.request.query.integer("below").value_or(0), rows_shown);
        for (auto const& line : lines)
            page.rows.push_back(row_of(line, at.place.made.get(), at.place.unit.zone, language));
        for (auto& row : page.rows)
            row.record = {};
        finish(page, lines, address_of(id) + "/reads");
        return std::pair { std::move(at.place), std::move(page) };
    }));
    auto frame = frame_of(visit, place, { "record.read.title" });
    frame.crumbs.push_back({ { "record.read.title" }, {} });
    return visit.page("record/reads", page, frame);
}

/// Everything that was read in an office.
Result<http::Response> show_of_unit(account::Visit& visit, Surroundings const& around)
{
    TRY(around.reads.write(visit.database));
    auto frame = visit.frame({ "record.read.title" }, "registers");
    auto const asker = asker_of(visit);
    auto const wanted = visit.request.query.text("register");
    ReadLogPage page;
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) -> Result<organization::Unit> {
        auto [unit, may] = TRY(organization::unit_with_rights(reader, asker.person, asker.today, visit.request.parameter("unit"), { permission, "plan.read", "unit.set" }));
        if (!may[0])
            return may[1] || may[2] ? Result<organization::Unit> { forbidden("record.forbidden.reads") } : Result<organization::Unit> { not_found() };
        std::map<std::string, RegisterRef> known;
        for (auto const& made : around.shelf.newest(reader))
            if (made->data_class >= definition::DataClass::Personal) {
                known.emplace(made->id, made);
                page.registers.push_back({ made->id, made->title.in(frame.language), made->id == wanted });
            }
        auto const lines = reads_of_unit(reader, unit.id, asker.today, wanted, visit.request.query.integer("below").value_or(0), rows_shown);
        for (auto const& line : lines) {
            auto const made = known.find(line.register_id);
            page.rows.push_back(row_of(line, made == known.end() ? nullptr : made->second.get(), unit.zone, frame.language));
            if (line.record)
                page.rows.back().record = { address_of(line.record) + "/reads" };
        }
        page.address = { "/units/" + unit.code + "/reads" };
        page.back = { "/units/" + unit.code + "/registers" };
        finish(page, lines, page.address.address + query_with(visit.request.query, "below", ""));
        return unit;
    }));
    page.of = unit.name;
    page.whole_office = true;
    frame.office = unit.name;
    frame.office_code = unit.code;
    frame.crumbs = { { { "record.registers" }, page.back }, { { "record.read.title" }, {} } };
    return visit.page("record/reads", page, frame);
}

}

void register_read_log_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<ReadLogPage>(router, "/records/{record}/reads", "journal.read", [around](account::Visit& visit) { return show_of_record(visit, around); });
    door.get<ReadLogPage>(router, "/units/{unit}/reads", "journal.read", [around](account::Visit& visit) { return show_of_unit(visit, around); });
}

}
