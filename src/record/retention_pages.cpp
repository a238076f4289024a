#include "account/form.hpp"
#include "organization/unit_access.hpp"
#include "record/retention_model.hpp"
#include <algorithm>

namespace kpuhub::record {

namespace {

constexpr int rows_shown = 100, decisions_shown = 50;
constexpr std::size_t ending_shown = 50;

/// An office as who looks after its records meets it.
struct Office {
    organization::Unit unit;
    bool decides = false, approves = false;
    [[nodiscard]] std::string address() const { return "/units/" + unit.code + "/retention"; }
};

/// Errors: NotFound, and Forbidden for who reads its plans but has nothing to do with what becomes of its records.
Result<Office> office_in_address(storage::Reader& reader, account::Visit const& visit)
{
    auto [unit, may] = TRY(organization::unit_with_rights(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), { "retention.decide", "retention.approve", "plan.read" }));
    if (!may[0] && !may[1])
        return may[2] ? Result<Office> { forbidden("record.forbidden.retention") } : Result<Office> { not_found() };
    return Office { std::move(unit), may[0], may[1] };
}

OverQuestion question_in(Office const& office, account::Visit const& visit) { return { office.unit, visit.reader.today, visit.now }; }

view::Sentence rule_words(definition::Register const& made)
{
    return { made.retention.after_closing ? "record.retention.after_closing" : "record.retention.after_making", { std::int64_t { made.retention.years } } };
}

/// Another room keeps rows about its records (attendance lists): those would stay, so nothing of it is destroyed here.
bool held_elsewhere(Surroundings const& around, std::string const& register_id)
{
    return std::ranges::any_of(around.further, [&](auto const& each) { return each.register_id == register_id; });
}

DecisionRow row_of(Decision const& made, Office const& office, PersonId reader, std::string title)
{
    DecisionRow row { std::move(title), { made.year }, { made.state, "record.retention.state." + made.state }, {}, {}, made.reason, {}, {}, made.judged_by_name, made.version, {} };
    row.what = made.fate == "destroy" ? view::Sentence { "record.retention.what_destroy", { made.records } }
        : made.keep_until             ? view::Sentence { "record.retention.what_keep", { made.records, *made.keep_until } }
                                      : view::Sentence { "record.retention.what_hold", { made.records } };
    row.by = { "record.retention.by", { made.decided_by_name, view::Moment { made.decided_at, office.unit.zone } } };
    if (made.judged_at)
        row.judged_at = view::Moment { *made.judged_at, office.unit.zone };
    if (made.state == "approved" || made.state == "done")
        row.outcome = view::Sentence { "record.retention.outcome", { made.destroyed, made.left } };
    bool const own = made.decided_by == reader;
    row.waits = made.state == "proposed";
    row.may_approve = row.waits && office.approves && !own;
    if (row.waits && (row.may_approve || (own && office.decides)))
        row.judge = { office.address() + "/decisions/" + std::to_string(made.id.value) + "/judgement" };
    return row;
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto frame = visit.frame({ "record.retention.title" }, "registers");
    RetentionPage page;
    auto const office = TRY(visit.database.read([&](storage::Reader& reader) -> Result<Office> {
        auto office = TRY(office_in_address(reader, visit));
        auto const registers = around.shelf.newest(reader);
        page.ending_days = retention_limits().warning_days.front();
        auto const groups = retention_groups(reader, registers, question_in(office, visit), visit.reader.today.plus(std::chrono::days { page.ending_days + 1 }));
        for (auto const& group : groups.over) {
            page.in_all += group.records;
            page.groups.push_back({ group.made->title.in(frame.language), { group.year }, group.records, rule_words(*group.made),
                { office.address() + "/" + group.made->id + "/" + std::to_string(group.year) } });
        }
        for (auto const& group : groups.ending)
            if (page.ending.size() < ending_shown)
                page.ending.push_back({ group.made->title.in(frame.language), group.last_day, group.records });
            else
                page.ending_more += group.records;
        for (auto const& made : decisions_of(reader, office.unit.id, decisions_shown)) {
            auto const named = std::ranges::find_if(registers, [&](auto const& each) { return each->id == made.register_id; });
            page.decisions.push_back(row_of(made, office, visit.reader.person, named == registers.end() ? made.register_id : (*named)->title.in(frame.language)));
        }
        return office;
    }));
    page.office = office.unit.name;
    page.back = { "/units/" + office.unit.code + "/registers" };
    if (page.groups.empty())
        page.nothing = view::EmptyState { { "record.retention.nothing" }, view::Sentence { "record.retention.nothing_why" }, page.back, { "record.registers" } };
    frame.office = office.unit.name;
    frame.office_code = office.unit.code;
    frame.crumbs = { { { "record.registers" }, page.back }, { { "record.retention.title" }, {} } };
    if (visit.request.query.text("saved") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "record.saved" } };
    return visit.page("record/retention", page, frame);
}

struct Group {
    Office office;
    RegisterRef made;
    int year = 0;
};

Result<Group> group_in_address(storage::Reader& reader, account::Visit const& visit, Surroundings const& around)
{
    auto office = TRY(office_in_address(reader, visit));
    auto const& year = visit.request.parameter("year");
    constexpr std::size_t digits = 4;
    if (year.size() != digits || year.find_first_not_of("0123456789") != std::string::npos)
        return not_found();
    for (auto const& made : around.shelf.newest(reader))
        if (made->id == visit.request.parameter("register"))
            return Group { std::move(office), made, std::stoi(year) };
    return not_found();
}

Result<http::Response> show_group(account::Visit& visit, Surroundings const& around, std::optional<view::FieldErrors> errors = {}, int status = 200)
{
    auto frame = visit.frame({ "record.retention.title" }, "registers");
    RetentionGroupPage page;
    auto const after = visit.request.query.integer("after").value_or(0);
    std::string last;
    auto const group = TRY(visit.database.read([&](storage::Reader& reader) -> Result<Group> {
        auto group = TRY(group_in_address(reader, visit, around));
        auto const& made = *group.made;
        auto const asked = question_in(group.office, visit);
        page.records = count_over(reader, made, group.year, asked);
        auto const records = records_over(reader, made, group.year, asked, after, rows_shown);
        for (auto const& each : records)
            page.rows.push_back({ each.number.empty() ? "#" + std::to_string(each.id.value) : each.number, mark_of(made, each.state, frame.language),
                time::date_at(each.ended_at, asked.unit.zone) });
        if (static_cast<int>(records.size()) == rows_shown)
            last = std::to_string(records.back().id.value);
        return group;
    }));
    auto const& made = *group.made;
    page.title = made.title.in(frame.language);
    page.year = { group.year };
    page.rule = rule_words(made);
    page.legal_basis = made.legal_basis;
    page.taken = std::min<std::int64_t>(page.records, retention_limits().most_items);
    page.after_closing = made.retention.after_closing;
    page.back = { group.office.address() };
    page.decide = { group.office.address() + "/" + made.id + "/" + std::to_string(group.year) };
    page.may_decide = group.office.decides && page.records > 0;
    page.may_destroy = !held_elsewhere(around, made.id);
    page.fate = visit.request.form.text("fate");
    page.reason = visit.request.form.text("reason");
    page.keep_until = visit.request.form.text("keep_until");
    page.errors = std::move(errors);
    if (!last.empty())
        page.next = { page.decide.address + "?after=" + last };
    if (page.rows.empty())
        page.nothing = view::EmptyState { { "record.retention.nothing" }, view::Sentence { "record.retention.group_nothing_why" }, page.back, { "record.retention.title" } };
    frame.office = group.office.unit.name;
    frame.office_code = group.office.unit.code;
    frame.crumbs = { { { "record.registers" }, { "/units/" + group.office.unit.code + "/registers" } }, { { "record.retention.title" }, page.back },
        { view::plain(page.title), {} } };
    return visit.page("record/retention_group", page, frame, status);
}

/// What was typed, as a decision. Errors: Invalid for a choice or day that is none.
Result<NewDecision> decision_in(account::Visit const& visit, Group const& group, bool may_destroy)
{
    auto const& form = visit.request.form;
    NewDecision wanted { group.office.unit.code, group.made->id, group.year, Fate::Keep, form.text("reason"), {}, form.integer("shown").value_or(0) };
    auto const fate = form.text("fate");
    auto const day = form.text("keep_until");
    if (fate != "destroy" && fate != "keep" && fate != "hold")
        return invalid("record.wrong", { { "fate", "record.retention.wrong_fate" } });
    if (fate == "destroy" && !may_destroy)
        return invalid("record.wrong", { { "fate", "record.retention.other_room" } });
    wanted.fate = fate == "destroy" ? Fate::Destroy : Fate::Keep;
    wanted.keep_until = fate == "keep" ? time::Date::from_iso(day) : std::nullopt;
    if (fate == "keep" && !wanted.keep_until)
        return invalid("record.wrong", { { "keep_until", "record.retention.wrong_day" } });
    return wanted;
}

Result<http::Response> take_decision(account::Visit& visit, Surroundings const& around)
{
    auto const act = visit.act();
    auto done = [&]() -> Result<http::Response> {
        auto const group = TRY(visit.database.read([&](storage::Reader& reader) { return group_in_address(reader, visit, around); }));
        if (!group.office.decides)
            return forbidden("record.forbidden.retention");
        auto const wanted = TRY(decision_in(visit, group, !held_elsewhere(around, group.made->id)));
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            TRY(decide(transaction, act, around.shelf, wanted));
            return group.office.address() + "?saved=1";
        });
    }();
    if (done || done.error().kind != FaultKind::Invalid)
        return done;
    return show_group(visit, around, view::field_errors(done.error()), http::status_of(FaultKind::Invalid));
}

Result<http::Response> take_judgement(account::Visit& visit, Surroundings const&)
{
    auto const number = TRY(account::number_in(visit.request, "decision"));
    auto const act = visit.act();
    auto const& form = visit.request.form;
    auto const verdict = form.text("verdict");
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const office = TRY(office_in_address(transaction, visit));
        if (verdict != "approve" && verdict != "refuse")
            return invalid("record.wrong", { { "verdict", "record.retention.wrong_verdict" } });
        TRY_VOID(judge(transaction, act, { number }, form.integer("version").value_or(0), verdict == "approve" ? Judgement::Approve : Judgement::Refuse));
        return office.address() + "?saved=1";
    });
}

}

void register_retention_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<RetentionPage>(router, "/units/{unit}/retention", "retention.decide", [around](account::Visit& visit) { return show(visit, around); });
    door.get<RetentionGroupPage>(router, "/units/{unit}/retention/{register}/{year}", "retention.decide", [around](account::Visit& visit) { return show_group(visit, around); });
    door.post(router, "/units/{unit}/retention/{register}/{year}", "retention.decide", [around](account::Visit& visit) { return take_decision(visit, around); });
    door.post(router, "/units/{unit}/retention/decisions/{decision}/judgement", "retention.approve", [around](account::Visit& visit) { return take_judgement(visit, around); });
}

}
