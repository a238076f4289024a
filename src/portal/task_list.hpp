#pragma once
#include "account/reader.hpp"
#include "portal/work_line.hpp"

namespace kpuhub::portal {

/// The lists behind the numbers of the start page: mine, returned, late, soon (a week), month, unowned.
enum class TaskList { Mine, Returned, Late, Soon, Month, Unowned };
std::optional<TaskList> task_list(std::string_view name);

struct TaskListPage {
    view::Sentence title;
    std::string office;
    std::int64_t total = 0;
    std::int64_t shown = 0;
    bool cut = false;                       ///< there are more than the page shows
    std::vector<WorkRow> rows {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

/// Of the reader's own office; with a sub-division only its rows. One statement.
TaskListPage task_list_page(storage::Reader&, account::Reader const&, TaskList, SubdivisionId);

}
