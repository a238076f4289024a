#include "portal/home_pages.hpp"
#include "portal/home_model.hpp"
#include "portal/start_model.hpp"
#include "portal/task_list.hpp"

namespace kpuhub::portal {

static Result<http::Response> show_start(account::Visit& visit)
{
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<StartPage> {
        return start_page(reader, visit.reader.today, {}, true);
    }));
    return visit.public_page("portal/start", page, visit.public_frame({}));
}

static Result<http::Response> show_home(account::Visit& visit)
{
    if (!visit.reader.signed_in())
        return show_start(visit);
    auto blocks = blocks_for(visit.reader);
    auto news = TRY(visit.database.read([&](storage::Reader& reader) -> Result<HomeNews> {
        return read_news(reader, visit.reader, blocks, visit.now);
    }));
    auto frame = visit.frame({ "portal.home.title", {} }, "home");
    frame.year = view::Year { visit.reader.today.year() };
    Wording wording { visit.door.renderer().messages(), frame.language, visit.door.settings().public_url };
    return visit.page("portal/home", home_page(visit.reader, visit.now, blocks, news, wording), frame);
}

static Result<http::Response> show_list(account::Visit& visit)
{
    auto which = task_list(visit.request.query.text("list"));
    if (!which)
        return not_found();
    SubdivisionId subdivision { visit.request.query.integer("subdivision").value_or(0) };
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<TaskListPage> {
        return task_list_page(reader, visit.reader, *which, subdivision);
    }));
    return visit.page("portal/tasks", page, visit.frame(page.title, "home"));
}

void register_home_pages(account::Door const& door, http::Router& router)
{
    door.get<StartPage, HomePage>(router, "/", "public", show_home);
    door.get<TaskListPage>(router, "/tasks", "signed_in", show_list);
}

}
