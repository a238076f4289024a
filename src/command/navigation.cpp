#include "command/navigation.hpp"
#include "plan/desk.hpp"

namespace kpuhub::command {

static view::NavItem item(std::string code, std::string address, std::int64_t count = 0)
{
    view::NavItem made { code, { "nav." + code, {} }, { std::move(address) }, {}, false };
    if (count > 0)
        made.count = count;
    return made;
}

std::vector<view::NavItem> navigation(storage::Reader& database, account::Reader const& reader)
{
    auto const inbox = plan::inbox_of(database, reader.person, reader.today, reader.unit);
    auto unit = "/units/" + reader.unit_code;
    std::vector<view::NavItem> items { item("home", "/"), item("board", unit + "/plans/" + std::to_string(reader.today.year())),
        item("evidence", "/evidence", inbox.unsorted), item("verification", "/verification", inbox.to_verify),
        item("dashboard", unit + "/dashboard"), item("indicators", unit + "/indicators"), item("plans", unit + "/plans"),
        item("registers", unit + "/registers"), item("reports", unit + "/packages", inbox.asked), item("people", unit + "/people") };
    return items;
}

}
