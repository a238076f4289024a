#include "account/form.hpp"
#include "record/list_model.hpp"
#include "record/recap.hpp"
#include <algorithm>

namespace kpuhub::record {

namespace {

/// For those who may not read a single record: how many there are. Of personal data in whole steps, as the recap over offices tells them: an
/// exact number less what other pages tell, their totals above all, would give a small one.
std::map<std::string, std::int64_t> in_steps(std::map<std::string, std::int64_t> counts, int step)
{
    counts.erase(std::string { definition::draft_state });
    for (auto& each : counts)
        each.second = rounded_count(each.second, step);
    std::erase_if(counts, [](auto const& each) { return each.second == 0; });
    return counts;
}

constexpr storage::Query all_by_state { "record.all_by_state", R"sql(
    SELECT state, count(*) FROM subject WHERE unit_id = $1 AND kind = $2 GROUP BY state )sql" };

Result<http::Response> show_list(account::Visit& visit, Surroundings const& around)
{
    auto read = visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, ListPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        auto language = visit.public_frame({}).language;
        if (!place.lists()) {
            std::map<std::string, std::int64_t> counts;
            for (auto const& row : reader.query(all_by_state, place.unit.id, place.made->table()))
                counts[row.text(0)] = row.integer(1);
            counts = in_steps(std::move(counts), step_for(*place.made, false));
            auto page = list_page({ place, {}, {}, { counts, 0 }, {}, visit.request.query, visit.now }, language);
            return std::pair { std::move(place), std::move(page) };
        }
        auto question = TRY(question_of(visit.request.query, place));
        auto listed = TRY(list(reader, place, question));
        auto const others = std::ranges::count_if(listed.records, [&](auto const& record) { return !is_own(*place.made, record, visit.reader.person); });
        note_read(visit, around, place, question.text.empty() ? ReadAct::Listed : ReadAct::Searched, others);
        auto counts = count_states(reader, place);
        auto views = saved_views(reader, place);
        auto page = list_page({ place, question, listed, counts, views, visit.request.query, visit.now }, language);
        return std::pair { std::move(place), std::move(page) };
    });
    auto [place, page] = TRY(std::move(read));
    auto frame = frame_of(visit, place, view::plain(page.title));
    frame.crumbs.back().link = {};
    if (visit.request.query.text("saved") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "record.saved" } };
    if (auto of = visit.request.query.integer("of")) {
        auto done = visit.request.query.integer("done").value_or(0);
        frame.notice = view::Notice { done == *of ? view::Notice::Kind::Done : view::Notice::Kind::Todo, { "record.list.done", { done, *of } } };
        if (done != *of)
            frame.notice->body = view::Sentence { "record.list.done_rest" };
    }
    return visit.page("record/list", page, frame);
}

/// The query of an address as a form field may not lead elsewhere: only names of a list are kept.
std::string clean_query(std::string const& query)
{
    return query.find_first_of("\r\n#") == std::string::npos ? query : std::string {};
}

Result<http::Response> keep_view(account::Visit& visit, Surroundings const& around)
{
    auto const act = visit.act();
    auto const& form = visit.request.form;
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto place = TRY(place_in_address(transaction, visit, around));
        auto query = clean_query(form.text("query"));
        TRY_VOID(save_view(transaction, act, place, form.text("name"), query, form.text("share") == "1" ? Sharing::Office : Sharing::Own));
        return place.address() + (query.empty() ? "" : "?" + query);
    });
}

Result<http::Response> drop_view(account::Visit& visit, Surroundings const& around)
{
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto place = TRY(place_in_address(transaction, visit, around));
        TRY_VOID(end_view(transaction, act, place, TRY(account::number_in(visit.request, "view"))));
        return place.address();
    });
}

}

void register_list_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<ListPage>(router, "/units/{unit}/registers/{register}", "record.read", [around](account::Visit& visit) { return show_list(visit, around); });
    door.post(router, "/units/{unit}/registers/{register}/views", "record.read", [around](account::Visit& visit) { return keep_view(visit, around); });
    door.post(router, "/units/{unit}/registers/{register}/views/{view}/end", "record.read",
        [around](account::Visit& visit) { return drop_view(visit, around); });
}

}
