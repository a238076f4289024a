#include "command/navigation.hpp"
#include "organization/access.hpp"
#include "plan/task_lists.hpp"

namespace kpuhub::command {

constexpr storage::Query waiting { "command.navigation",
    "SELECT (SELECT count(*) FROM evidence e JOIN subject s ON s.id = e.subject_id"
    "         WHERE e.brought_by = $1 AND s.unit_id = $3 AND e.links = 0 AND s.state <> 'discarded'),"
    "       CASE WHEN " KPUHUB_MAY("$3", "'plan.verify'") " THEN 1 ELSE 0 END" };

static view::NavItem item(std::string code, std::string address, std::int64_t count = 0)
{
    view::NavItem made { code, { "nav." + code, {} }, { std::move(address) }, {}, false };
    if (count > 0)
        made.count = count;
    return made;
}

std::vector<view::NavItem> navigation(storage::Reader& database, account::Reader const& reader)
{
    auto row = database.first(waiting, reader.person, reader.today, reader.unit);
    auto to_verify = row->yes(1) ? plan::count_waiting_for(database, reader.person, reader.today, reader.unit) : 0;
    auto unit = "/units/" + reader.unit_code;
    std::vector<view::NavItem> items { item("home", "/"), item("board", unit + "/plans/" + std::to_string(reader.today.year())),
        item("evidence", "/evidence", row->integer(0)), item("verification", "/verification", to_verify),
        item("dashboard", unit + "/dashboard"), item("plans", unit + "/plans"), item("registers", unit + "/registers"), item("people", unit + "/people") };
    return items;
}

}
