#include "record/page_parts.hpp"
#include <algorithm>

namespace kpuhub::record {

namespace {

constexpr std::size_t most_picked = 200;

struct BulkRow {
    std::string pick, title;
    view::Link link;
    view::StateMark state;
    bool open = false;
    view::Sentence why {};
    void describe(view::Visitor& v) const
    {
        v.field("pick", pick);
        v.field("title", title);
        v.field("link", link);
        v.field("state", state);
        v.field("open", open);
        v.field("why", why);
    }
};

struct BulkPage {
    std::string step, label;
    std::vector<BulkRow> rows;
    std::int64_t open_rows = 0;
    view::Link action, back;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor& v) const
    {
        v.field("step", step);
        v.field("label", label);
        v.list("rows", rows);
        v.field("open_rows", open_rows);
        v.field("action", action);
        v.field("back", back);
        v.field("nothing", nothing);
    }
};

/// "12:3" is record 12 at version 3.
struct Pick {
    SubjectId id {};
    std::int64_t version = 0;
};

std::vector<Pick> picks_in(http::Fields const& fields)
{
    std::vector<Pick> picks;
    for (auto const& text : fields.all("pick")) {
        auto colon = text.find(':');
        bool well = colon != std::string::npos && text.size() <= 36 && colon > 0 && colon + 1 < text.size() && colon <= 18 && text.size() - colon - 1 <= 18
            && text.find_first_not_of("0123456789:") == std::string::npos && text.find(':', colon + 1) == std::string::npos;
        if (well)
            picks.push_back({ { std::stoll(text.substr(0, colon)) }, std::stoll(text.substr(colon + 1)) });
    }
    return picks;
}

/// What stands in the way of the step for this record; an empty key when nothing does.
view::Sentence obstacle(storage::Reader& reader, Place const& place, Record const& record, definition::Step const& step, text::Language language)
{
    if (auto open = require_open(verdict_on(reader, place, record, step)); !open)
        return { open.error().message_key };
    for (auto const& id : step.needs)
        if (auto const* field = place.made->field(id); field && applies(*place.made, *field, record.content) && !record.content.filled(*field))
            return { "record.bulk.needs", { field->label.in(language) } };
    return {};
}

Result<http::Response> preview(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto picks = picks_in(visit.request.query);
    if (picks.size() > most_picked)
        return invalid("record.wrong", { { "pick", "record.wrong.many" } });
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, BulkPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        auto const* step = place.made->step(visit.request.query.text("step"));
        if (!step)
            return not_found();
        BulkPage page { step->id, step->label.in(language), {}, 0, { place.address("/steps") }, { place.address() } };
        for (auto const& pick : picks) {
            auto at = place_of_record(reader, around.shelf, asker_of(visit), pick.id);
            auto record = at ? find_record(reader, *at) : Result<Record> { not_found() };
            if (!record || at->place.made->id != place.made->id)
                continue;
            auto why = obstacle(reader, at->place, *record, *step, language);
            bool open = why.message_key.empty();
            page.open_rows += open ? 1 : 0;
            page.rows.push_back({ std::to_string(pick.id.value) + ":" + std::to_string(record->version), title_of(*place.made, *record, language),
                { address_of(pick.id) }, mark_of(*place.made, record->state, language), open, why });
        }
        if (page.rows.empty())
            page.nothing = view::EmptyState { { "record.bulk.nothing" }, view::Sentence { "record.bulk.nothing_why" }, page.back, { "record.bulk.back" } };
        return std::pair { std::move(place), std::move(page) };
    }));
    auto frame = frame_of(visit, place, view::plain(page.label));
    frame.crumbs.push_back({ view::plain(page.label), {} });
    return visit.page("record/bulk", page, frame);
}

/// Each record in a transaction of its own: what became impossible meanwhile stays as it is and is told.
Result<http::Response> take(account::Visit& visit, Surroundings const& around)
{
    auto place = TRY(visit.database.read([&](storage::Reader& reader) { return place_in_address(reader, visit, around); }));
    auto picks = picks_in(visit.request.form);
    if (picks.empty() || picks.size() > most_picked)
        return invalid("record.wrong", { { "pick", picks.empty() ? "record.wrong.none_picked" : "record.wrong.many" } });
    auto step = visit.request.form.text("step");
    if (!place.made->step(step))
        return not_found();
    auto const& by = place.made->step(step)->by;
    bool by_person = std::ranges::any_of(by, [](auto const& role) { return role == definition::creator || role == definition::superior; });
    if (!place.rights.does(step) && !by_person)
        return forbidden("record.forbidden.step");
    std::int64_t done = 0;
    auto act = visit.act();
    for (auto const& pick : picks) {
        auto outcome = visit.database.write([&](storage::Transaction& transaction) -> Result<void> {
            return do_step(transaction, act, around.desk(), { pick.id, pick.version, step, {}, visit.request.form.text("reason") });
        });
        if (outcome)
            ++done;
        else if (outcome.error().kind == FaultKind::Unavailable || outcome.error().kind == FaultKind::Broken)
            return fail(outcome.error());
    }
    return http::see_other(place.address("?done=" + std::to_string(done) + "&of=" + std::to_string(picks.size())));
}

}

void register_bulk_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<BulkPage>(router, "/units/{unit}/registers/{register}/steps", "record.step", [around](account::Visit& visit) { return preview(visit, around); });
    door.post(router, "/units/{unit}/registers/{register}/steps", "record.step", [around](account::Visit& visit) { return take(visit, around); });
}

}
