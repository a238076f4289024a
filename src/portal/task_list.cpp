#include "portal/task_list.hpp"
#include "portal/home.hpp"
#include <array>

namespace kpuhub::portal {

static constexpr std::array<std::string_view, 6> names { "mine", "returned", "late", "soon", "month", "unowned" };

std::optional<TaskList> task_list(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names.at(i) == name)
            return static_cast<TaskList>(i);
    return std::nullopt;
}

void TaskListPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("office", office);
    v.field("total", total);
    v.field("shown", shown);
    v.field("cut", cut);
    v.list("rows", rows);
    v.field("nothing", nothing);
}

static plan::WorkLines lines_of(storage::Reader& database, account::Reader const& reader, TaskList which, SubdivisionId subdivision)
{
    constexpr int most = 300;
    auto today = reader.today;
    auto until = open_until(today);
    switch (which) {
    case TaskList::Mine: return plan::tasks_of(database, reader.person, today, until.month, most);
    case TaskList::Returned: return plan::returned_to(database, reader.person, today, most);
    case TaskList::Late: return plan::late_rows(database, reader.person, today, reader.unit, std::nullopt, subdivision, most);
    case TaskList::Soon: return plan::due_between(database, reader.person, today, reader.unit, today, until.soon, subdivision, most);
    case TaskList::Month: return plan::due_between(database, reader.person, today, reader.unit, today, until.month, subdivision, most);
    case TaskList::Unowned: return plan::unowned(database, reader.person, today, reader.unit, most);
    }
    return {};
}

TaskListPage task_list_page(storage::Reader& database, account::Reader const& reader, TaskList which, SubdivisionId subdivision)
{
    auto lines = lines_of(database, reader, which, subdivision);
    TaskListPage page { { "portal.list." + std::string { names.at(static_cast<std::size_t>(which)) } }, reader.unit_name, lines.total };
    page.rows = work_rows(lines.lines, reader.today);
    page.shown = static_cast<std::int64_t>(page.rows.size());
    page.cut = page.shown < page.total;
    if (page.rows.empty())
        page.nothing = view::EmptyState { { "portal.list.nothing" }, std::nullopt, { "/" }, { "portal.list.home" } };
    return page;
}

}
