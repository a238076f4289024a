#include "report/records.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::report {

using Json = nlohmann::ordered_json;

static Json json_of(Row const& row)
{
    auto const& node = row.node;
    Json json { { "id", node.id.value }, { "parent", node.parent.value }, { "level", plan::to_text(node.level) }, { "area_no", node.area_no }, { "place", node.place },
        { "number", node.number }, { "body", node.body }, { "remark", node.remark }, { "authority", plan::to_text(node.authority) }, { "tentative", node.tentative },
        { "applies", node.applies }, { "printed", node.printed.bits }, { "certain", node.months_certain }, { "owner", row.owner }, { "person", row.person } };
    if (node.working)
        json["working"] = node.working->bits;
    return json;
}

static Json json_of(plan::Deliverable const& due)
{
    Json json { { "id", due.id.value }, { "node", due.node.value }, { "from", due.starts_on.iso() }, { "until", due.ends_on.iso() }, { "due", due.due_on.iso() },
        { "state", plan::to_text(due.state) }, { "proofs", due.proofs }, { "note", due.note }, { "reason", due.reason } };
    if (due.submitted_at)
        json["submitted_at"] = due.submitted_at->milliseconds;
    return json;
}

std::string to_json(Records const& records)
{
    Json rows = Json::array(), dues = Json::array();
    for (auto const& row : records.rows)
        rows.push_back(json_of(row));
    for (auto const& due : records.dues)
        dues.push_back(json_of(due));
    auto const& plan = records.plan;
    Json json { { "plan", plan.id.value }, { "unit", plan.unit.value }, { "year", plan.year }, { "state", plan::to_text(plan.state) }, { "title", plan.title }, { "number", plan.number },
        { "decided_on", plan.decided_on ? plan.decided_on->iso() : "" }, { "as_of", records.as_of.iso() }, { "rows", std::move(rows) }, { "dues", std::move(dues) } };
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

static time::Date day(Json const& json, char const* name) { return time::Date::from_iso(json.at(name).get<std::string>()).value_or(time::Date {}); }

template<typename Enum>
static Enum word(Json const& json, char const* name) { return plan::from_text<Enum>(json.at(name).get<std::string>()).value_or(Enum {}); }

static Row row_in(Json const& json)
{
    Row row;
    auto& node = row.node;
    node.id = { json.at("id").get<std::int64_t>() };
    node.parent = { json.at("parent").get<std::int64_t>() };
    node.level = word<plan::Level>(json, "level");
    node.area_no = json.at("area_no").get<int>();
    node.place = json.at("place").get<std::int64_t>();
    node.number = json.at("number").get<std::string>();
    node.body = json.at("body").get<std::string>();
    node.remark = json.at("remark").get<std::string>();
    node.authority = word<plan::Authority>(json, "authority");
    node.tentative = json.at("tentative").get<bool>();
    node.applies = json.at("applies").get<bool>();
    node.printed = { json.at("printed").get<std::uint16_t>() };
    node.months_certain = json.at("certain").get<bool>();
    if (json.contains("working"))
        node.working = plan::Months { json.at("working").get<std::uint16_t>() };
    row.owner = json.at("owner").get<std::string>();
    row.person = json.at("person").get<std::string>();
    return row;
}

static plan::Deliverable due_in(Json const& json)
{
    plan::Deliverable due;
    due.id = { json.at("id").get<std::int64_t>() };
    due.node = { json.at("node").get<std::int64_t>() };
    due.starts_on = day(json, "from");
    due.ends_on = day(json, "until");
    due.due_on = day(json, "due");
    due.state = word<plan::State>(json, "state");
    due.proofs = json.at("proofs").get<std::int64_t>();
    due.note = json.at("note").get<std::string>();
    due.reason = json.at("reason").get<std::string>();
    if (json.contains("submitted_at"))
        due.submitted_at = time::Instant { json.at("submitted_at").get<std::int64_t>() };
    return due;
}

Result<Records> records_from_json(std::string_view text)
{
    try {
        auto const json = Json::parse(text);
        Records found;
        found.plan.id = { json.at("plan").get<std::int64_t>() };
        found.plan.unit = { json.at("unit").get<std::int64_t>() };
        found.plan.year = json.at("year").get<int>();
        found.plan.state = word<plan::PlanState>(json, "state");
        found.plan.title = json.at("title").get<std::string>();
        found.plan.number = json.at("number").get<std::string>();
        found.plan.decided_on = time::Date::from_iso(json.at("decided_on").get<std::string>());
        found.as_of = day(json, "as_of");
        for (auto const& each : json.at("rows"))
            found.rows.push_back(row_in(each));
        for (auto const& each : json.at("dues"))
            found.dues.push_back(due_in(each));
        found.index();
        return found;
    } catch (Json::exception const&) {
        return invalid("report.snapshot_wrong");
    }
}

}
