#include "account/form.hpp"
#include "evidence/proof_list.hpp"
#include "http/url.hpp"
#include "record/page_parts.hpp"
#include "record/public_records.hpp"
#include "storage/checksum.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::record {

namespace {

constexpr std::size_t longest_search = 200;

struct PublicRow {
    std::string name, title;
    view::Link link;
    std::string status;
    std::vector<Cell> cells;
    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("title", title);
        v.field("link", link);
        v.field("status", status);
        v.list("cells", cells);
    }
};

struct PublicChoice {
    std::string value, label;
    bool selected = false;
    void describe(view::Visitor& v) const
    {
        v.field("value", value);
        v.field("label", label);
        v.field("selected", selected);
    }
};

struct PublicListPage {
    std::string title, lead, office, text, choice_label;
    std::int64_t in_all = 0;
    std::optional<view::Moment> changed_at {};
    std::vector<PublicRow> rows {};
    std::vector<PublicChoice> choices {};
    view::Link address, next {}, feed {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("lead", lead);
        v.field("office", office);
        v.field("text", text);
        v.field("choice_label", choice_label);
        v.field("in_all", in_all);
        v.field("changed_at", changed_at);
        v.list("rows", rows);
        v.list("choices", choices);
        v.field("address", address);
        v.field("next", next);
        v.field("feed", feed);
        v.field("nothing", nothing);
    }
};

struct PublicFile {
    std::string label, name;
    view::Link link;
    view::Sentence size;
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.field("name", name);
        v.field("link", link);
        v.field("size", size);
    }
};

struct PublicRecordPage {
    std::string name, title, office, status;
    std::optional<view::Moment> changed_at {};
    std::vector<Cell> facts {};
    std::vector<PublicFile> files {};
    std::vector<LinkLine> links {};
    view::Link list {};
    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("title", title);
        v.field("office", office);
        v.field("status", status);
        v.field("changed_at", changed_at);
        v.list("facts", facts);
        v.list("files", files);
        v.list("links", links);
        v.field("list", list);
    }
};

/// The register of the address; /jdih is a short address of that of the feed.
std::string register_asked(account::Visit const& visit)
{
    auto const& named = visit.request.parameter("register");
    return named.empty() ? definition::jdihn_feed().register_id : named;
}

PublicListQuestion question_in(account::Visit const& visit, definition::Register const& made, std::vector<std::string> const& columns)
{
    PublicListQuestion question { visit.request.query.text("q").substr(0, longest_search), visit.request.query.text("kind"), visit.request.query.text("after") };
    auto const* feed = feed_over(made);
    question.order = feed ? made.field(feed->order_by) : nullptr;
    for (auto const& id : columns) {
        auto const* field = made.field(id);
        if (!question.by && field && field->kind == definition::FieldKind::Choice)
            question.by = field;
        if (!question.order && field && field->kind == definition::FieldKind::Date)
            question.order = field;
    }
    return question;
}

std::string status_of(Place const& place, Record const& record, PublicParts const& parts, text::Language language)
{
    auto links = parts.links.find(record.id.value);
    if (auto const* feed = feed_over(*place.made))
        return feed_status(*feed, record, links == parts.links.end() ? std::vector<RecordLink> {} : links->second).in(language);
    return place.made->state(record.state)->label.in(language);
}

/// The long text that stands under the name: the first public one.
std::string long_title(definition::Register const& made, Record const& record)
{
    for (auto const& field : made.fields)
        if (field.kind == definition::FieldKind::LongText && std::ranges::find(made.counts.fields, field.id) != made.counts.fields.end())
            if (auto const* text = std::get_if<std::string>(&record.content.value(field.id)))
                return *text;
    return {};
}

PublicListPage list_page(storage::Reader& reader, account::Visit const& visit, Place const& place, text::Language language)
{
    auto const& made = *place.made;
    auto const* feed = feed_over(made);
    auto columns = feed ? feed->listed : made.columns;
    std::erase_if(columns, [&](auto const& id) { return std::ranges::find(made.counts.fields, id) == made.counts.fields.end(); });
    auto question = question_in(visit, made, columns);
    PublicListPage page { made.title.in(language), made.lead.in(language), place.unit.name, question.text, {} };
    page.address = { "/public/units/" + place.unit.code + "/registers/" + made.id + "/records" };
    if (feed)
        page.feed = { "/public/units/" + place.unit.code + "/jdih/feed.json" };
    auto standing = public_standing(reader, place);
    page.in_all = standing.records;
    if (standing.changed_at)
        page.changed_at = view::Moment { *standing.changed_at, place.unit.zone };
    if (question.by) {
        page.choice_label = question.by->label.in(language);
        for (auto const& option : question.by->options)
            page.choices.push_back({ option.value, option.label.in(language), option.value == question.choice });
    }
    if (!question.order)
        return page;
    auto listed = public_list(reader, place, question);
    auto parts = parts_of(reader, place, listed.records);
    for (auto const& record : listed.records) {
        PublicRow row { called(made, record), long_title(made, record), { public_address(place.unit.code, made, record.id) }, status_of(place, record, parts, language), {} };
        for (auto const& id : columns)
            if (auto const* field = made.field(id); field && record.content.filled(*field))
                row.cells.push_back(cell_for(*field, record, place, language));
        page.rows.push_back(std::move(row));
    }
    if (!listed.next.empty())
        page.next = { page.address.address + "?q=" + http::percent_encode(question.text) + "&kind=" + http::percent_encode(question.choice) + "&after=" + http::percent_encode(listed.next) };
    if (page.rows.empty()) {
        bool searched = !question.text.empty() || !question.choice.empty();
        page.nothing = view::EmptyState { { searched ? "record.open.nothing_found" : "record.open.nothing" },
            view::Sentence { searched ? "record.list.nothing_found_why" : "record.open.nothing_why" }, searched ? page.address : view::Link {}, { "record.open.all" } };
    }
    return page;
}

Result<http::Response> show_list(account::Visit& visit, Surroundings const& around)
{
    auto frame = visit.public_frame({});
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<PublicListPage> {
        auto place = TRY(public_place(reader, around.shelf, visit.request.parameter("unit"), register_asked(visit), visit.reader.today));
        frame.crumbs = { { view::plain(place.unit.name), { "/public/units/" + place.unit.code } }, { view::plain(place.made->title.in(frame.language)), {} } };
        return list_page(reader, visit, place, frame.language);
    }));
    frame.title = view::plain(page.title);
    frame.office = page.office;
    return visit.public_page("record/public_list", page, frame);
}

PublicRecordPage record_page_of(storage::Reader& reader, Place const& place, Record const& record, text::Language language)
{
    auto const& made = *place.made;
    auto parts = parts_of(reader, place, { record });
    PublicRecordPage page { called(made, record), long_title(made, record), place.unit.name, status_of(place, record, parts, language) };
    if (auto changed = parts.changed.find(record.id.value); changed != parts.changed.end())
        page.changed_at = view::Moment { changed->second, place.unit.zone };
    page.list = { "/public/units/" + place.unit.code + "/registers/" + made.id + "/records" };
    for (auto const& id : made.counts.fields) {
        auto const* field = made.field(id);
        if (field->kind == definition::FieldKind::Document) {
            if (auto found = parts.files[record.id.value].find(id); found != parts.files[record.id.value].end())
                page.files.push_back({ field->label.in(language), found->second.name,
                    { public_address(place.unit.code, made, record.id) + "/files/" + std::to_string(found->second.id) }, evidence::size_words(found->second.bytes) });
            continue;
        }
        auto cell = cell_for(*field, record, place, language);
        if (record.content.filled(*field) && id != made.name && cell.code() != page.title)
            page.facts.push_back(std::move(cell));
    }
    for (auto const& link : parts.links[record.id.value])
        page.links.push_back(link_line(link, made, language, true));
    return page;
}

Result<http::Response> show_record(account::Visit& visit, Surroundings const& around)
{
    auto frame = visit.public_frame({});
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<PublicRecordPage> {
        auto place = TRY(public_place(reader, around.shelf, visit.request.parameter("unit"), register_asked(visit), visit.reader.today));
        auto record = TRY(public_record(reader, place, TRY(record_id_in_address(visit))));
        frame.crumbs = { { view::plain(place.unit.name), { "/public/units/" + place.unit.code } },
            { view::plain(place.made->title.in(frame.language)), { "/public/units/" + place.unit.code + "/registers/" + place.made->id + "/records" } } };
        return record_page_of(reader, place, record, frame.language);
    }));
    frame.crumbs.push_back({ view::plain(page.name), {} });
    frame.title = view::plain(page.name);
    frame.office = page.office;
    return visit.public_page("record/public_record", page, frame);
}

Result<http::Response> give_file(account::Visit& visit, Surroundings const& around)
{
    auto const number = TRY(account::number_in(visit.request, "file"));
    auto file = TRY(visit.database.read([&](storage::Reader& reader) -> Result<RecordFile> {
        auto place = TRY(public_place(reader, around.shelf, visit.request.parameter("unit"), register_asked(visit), visit.reader.today));
        auto record = TRY(public_record(reader, place, TRY(record_id_in_address(visit))));
        for (auto const& [field, found] : parts_of(reader, place, { record }).files[record.id.value])
            if (found.id == number)
                return found;
        return not_found();
    }));
    return TRY(file_answer(around, file)).with("Cache-Control", "public, max-age=60");
}

/// The whole array, as harvesters fetch it; read page after page, so that no snapshot is held meanwhile.
Result<http::Response> give_feed(account::Visit& visit, Surroundings const& around)
{
    constexpr int piece = 200;
    auto const& feed = definition::jdihn_feed();
    std::string body, after;
    bool more = true;
    while (more) {
        TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
            auto place = TRY(public_place(reader, around.shelf, visit.request.parameter("unit"), feed.register_id, visit.reader.today));
            PublicListQuestion question;
            question.order = place.made->field(feed.order_by);
            question.limit = piece;
            question.after = after;
            auto listed = public_list(reader, place, question);
            auto objects = feed_objects(feed, place, listed.records, parts_of(reader, place, listed.records), visit.door.settings().public_url);
            body += (body.empty() || objects.empty() ? "" : ",") + objects;
            after = listed.next;
            return {};
        }));
        more = !after.empty();
    }
    auto tag = "\"" + storage::sha256_hex(body) + "\"";
    http::Response answer;
    if (visit.request.header("if-none-match") == tag)
        answer.status = 304;
    else
        answer = http::json(200, "[" + body + "]");
    return answer.with("ETag", tag).with("Cache-Control", "public, max-age=60");
}

}

void register_public_record_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto list = [around](account::Visit& visit) { return show_list(visit, around); };
    door.get_public<PublicListPage>(router, "/public/units/{unit}/registers/{register}/records", list);
    door.get_public<PublicRecordPage>(router, "/public/units/{unit}/registers/{register}/records/{record}", [around](account::Visit& visit) { return show_record(visit, around); });
    door.get_public(router, "/public/units/{unit}/registers/{register}/records/{record}/files/{file}", [around](account::Visit& visit) { return give_file(visit, around); });
    door.get_public<PublicListPage>(router, "/public/units/{unit}/jdih", list);
    door.get_public(router, "/public/units/{unit}/jdih/feed", [around](account::Visit& visit) { return give_feed(visit, around); });
}

}
