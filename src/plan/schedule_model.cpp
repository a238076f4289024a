#include "plan/schedule_model.hpp"
#include "plan/plan_marks.hpp"
#include "plan/task_lists.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::plan {

static std::int64_t number_of(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() ? number : 0;
}

ScheduleForm read_schedule_form(http::Fields const& form)
{
    ScheduleForm typed;
    typed.version = form.integer("version").value_or(0);
    for (auto const& row : form.all("row"))
        typed.rows.insert(number_of(row));
    typed.schedule = form.text("schedule");
    for (auto const& month : form.all("months"))
        typed.months.insert(static_cast<int>(number_of(month)));
    typed.rhythm = form.text("rhythm");
    typed.due = form.text("due");
    typed.due_day = form.text("due_day");
    typed.due_shift = form.text("due_shift");
    typed.owner = form.text("owner");
    typed.authority = form.text("authority");
    typed.tentative = form.text("tentative");
    typed.applies = form.text("applies");
    typed.reason = form.text("reason");
    return typed;
}

static void set_months(RowSetting& setting, ScheduleForm const& form)
{
    if (form.schedule == "set")
        setting.working = Months::of({ form.months.begin(), form.months.end() });
    else if (form.schedule == "printed")
        setting.working = Months {};
    else if (form.schedule == "right")
        setting.months_are_right = true;
}

static Result<void> set_due(RowSetting& setting, ScheduleForm const& form)
{
    if (form.due == "month_end") {
        setting.due = DueDay {};
    } else if (form.due == "same" || form.due == "next") {
        constexpr std::int64_t longest_month = 31;
        auto const day = number_of(form.due_day);
        if (day < 1 || day > longest_month)
            return invalid("plan.schedule.due_wrong", { { "due_day", "plan.schedule.due_wrong" } });
        setting.due = DueDay { static_cast<int>(day), form.due == "next" ? 1 : 0, from_text<DueShift>(form.due_shift).value_or(DueShift::Keep) };
    }
    return {};
}

Result<RowSetting> setting_of(ScheduleForm const& form)
{
    RowSetting setting;
    set_months(setting, form);
    if (form.schedule == "set" && setting.working->none())
        return invalid("plan.schedule.no_months", { { "months", "plan.schedule.no_months" } });
    setting.rhythm = from_text<Rhythm>(form.rhythm);
    TRY_VOID(set_due(setting, form));
    if (form.owner == "none")
        setting.owner = RowSetting::Owner {};
    else if (form.owner.starts_with("s:"))
        setting.owner = RowSetting::Owner { { number_of(std::string_view(form.owner).substr(2)) }, {} };
    else if (form.owner.starts_with("p:"))
        setting.owner = RowSetting::Owner { {}, { number_of(std::string_view(form.owner).substr(2)) } };
    setting.authority = from_text<Authority>(form.authority);
    if (!form.tentative.empty())
        setting.tentative = form.tentative == "yes";
    if (!form.applies.empty()) {
        setting.applies = form.applies == "yes";
        setting.applies_reason = form.reason;
    }
    bool const anything = setting.working || setting.months_are_right || setting.rhythm || setting.due || setting.owner || setting.authority
        || setting.tentative || setting.applies;
    if (!anything)
        return invalid("plan.schedule.nothing_set", { { "schedule", "plan.schedule.nothing_set" } });
    if (form.rows.empty())
        return invalid("plan.schedule.no_rows", { { "rows", "plan.schedule.no_rows" } });
    return setting;
}

std::string months_text(Months months, text::Language language)
{
    std::string text;
    for (auto run : runs(months)) {
        text += text.empty() ? "" : ", ";
        text += view::short_month_name(static_cast<unsigned>(run.first), language);
        if (run.last != run.first)
            text += "-" + std::string(view::short_month_name(static_cast<unsigned>(run.last), language));
    }
    return text;
}

void ScheduleRow::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("css", css);
    v.field("text", text);
    v.field("ticked", ticked);
    v.field("holds", holds);
    v.field("unscheduled", unscheduled);
    v.field("uncertain", uncertain);
    v.field("row_months", months);
    v.field("row_due", due);
    v.field("owner", owner);
    std::vector<BoardStep> shown;
    for (auto const& flag : flags)
        shown.push_back({ {}, flag });
    v.list("flags", shown);
}

namespace {

struct ShowLink {
    view::Link link;
    view::Sentence label;
    bool current = false;
    void describe(view::Visitor& v) const
    {
        v.field("link", link);
        v.field("label", label);
        v.field("current", current);
    }
};

}

void SchedulePage::describe(view::Visitor& v) const
{
    v.field("year", year);
    v.field("version", version);
    v.list("rows", rows);
    std::vector<ShowLink> links;
    for (std::size_t at = 0; at < shows.size(); ++at)
        links.push_back({ show_links[at].link, shows[at].label, shows[at].chosen });
    v.list("shows", links);
    v.list("schedules", schedules);
    v.list("months", months);
    v.list("rhythms", rhythms);
    v.list("dues", dues);
    v.list("due_shifts", due_shifts);
    v.field("due_day", due_day);
    v.list("owners", owners);
    v.list("authorities", authorities);
    v.list("tentatives", tentatives);
    v.list("applications", applications);
    v.field("reason", reason);
    v.field("errors", errors);
    v.field("trouble", trouble);
    v.field("action", action);
    v.field("board", board);
    v.field("nothing", nothing);
}

static void choices(SchedulePage& page, ScheduleParts const& parts, ScheduleForm const& form)
{
    auto offer = [](std::vector<FilterOption>& options, std::string const& key, std::vector<std::string> const& codes, std::string const& chosen) {
        for (auto const& code : codes)
            options.push_back({ code, { key + (code.empty() ? "keep" : code) }, code == chosen });
    };
    offer(page.schedules, "plan.schedule.months.", { "", "set", "printed", "right" }, form.schedule);
    offer(page.rhythms, "plan.schedule.rhythm.", { "", "each_mark", "once_in_run", "continuous", "monthly" }, form.rhythm);
    offer(page.dues, "plan.schedule.due.", { "", "month_end", "same", "next" }, form.due);
    offer(page.due_shifts, "plan.due.shift.", { "keep", "before", "after" }, form.due_shift);
    page.due_day = form.due_day;
    offer(page.authorities, "plan.schedule.authority.", { "", "office", "province", "national" }, form.authority);
    offer(page.tentatives, "plan.schedule.tentative.", { "", "yes", "no" }, form.tentative);
    offer(page.applications, "plan.schedule.applies.", { "", "yes", "no" }, form.applies);
    for (int month = 1; month <= 12; ++month)
        page.months.push_back({ std::to_string(month), { "plan.month.short." + std::to_string(month) }, form.months.contains(month) });
    page.owners = { { "", { "plan.schedule.owner.keep" }, form.owner.empty() }, { "none", { "plan.schedule.owner.none" }, form.owner == "none" } };
    for (auto const& each : parts.owners.subdivisions)
        page.owners.push_back({ "s:" + std::to_string(each.id.value), view::plain(each.name), form.owner == "s:" + std::to_string(each.id.value) });
    for (auto const& each : parts.owners.posts)
        page.owners.push_back({ "p:" + std::to_string(each.id.value), view::plain(each.title), form.owner == "p:" + std::to_string(each.id.value) });
    page.reason = form.reason;
}

static ScheduleRow row_of(BoardRow const& row, ScheduleForm const& form, text::Language language)
{
    constexpr std::size_t longest_text = 140;
    static constexpr const char* depth[] = { "k-l0", "k-l1", "k-l2", "k-l3" };
    auto const& node = row.node;
    ScheduleRow made;
    made.id = std::to_string(node.id.value);
    made.css = depth[static_cast<std::size_t>(node.level)];
    made.text = bare_number(node.number) + (node.number.empty() ? "" : " ") + shortened(node.body, longest_text);
    made.ticked = form.rows.contains(node.id.value);
    made.owner = row.owner;
    made.months = months_text(node.months(), language);
    if (node.due.fixed())
        made.due = view::Sentence { node.due.months_after ? "plan.due.day_after" : "plan.due.day", { std::int64_t { node.due.day } } };
    if (!node.applies)
        made.flags.push_back({ "plan.flag.not_applicable" });
    if (auto words = authority_words(node.authority))
        made.flags.push_back(*words);
    if (node.tentative)
        made.flags.push_back({ "plan.flag.tentative" });
    if (node.carried_from)
        made.flags.push_back({ "plan.flag.carried" });
    return made;
}

SchedulePage schedule_page(ScheduleParts const& parts, std::string const& show, ScheduleForm const& form, Fault const* fault, text::Language language)
{
    SchedulePage page;
    auto const& head = parts.board.head;
    auto const board = board_address(head.unit_code, head.plan.year);
    page.year = { head.plan.year };
    page.version = head.plan.version;
    page.board = { board };
    page.action = { board + "/schedule" + (show == "all" ? "" : "?show=" + show) };
    std::set<PlanNodeId> open;
    std::set<PlanNodeId> unowned;
    for (auto const* row : rows_without_schedule(parts.board))
        open.insert(row->node.id);
    for (auto const* row : rows_without_owner(parts.board))
        unowned.insert(row->node.id);
    std::set<PlanNodeId> listed;
    auto wanted = [&](BoardRow const& row) {
        if (show == "unscheduled")
            return open.contains(row.node.id) && !row.node.months_open();
        if (show == "uncertain")
            return open.contains(row.node.id) && row.node.months_open();
        return show == "unowned" ? unowned.contains(row.node.id) : row.node.level != Level::Indicator || row.node.months().count() > 0;
    };
    for (auto const& row : parts.board.rows)
        if (wanted(row))
            for (auto id = row.node.id; id && listed.insert(id).second;) {
                auto found = std::ranges::find(parts.board.rows, id, [](BoardRow const& each) { return each.node.id; });
                id = found == parts.board.rows.end() ? PlanNodeId {} : found->node.parent;
            }
    for (auto const& row : parts.board.rows) {
        if (!listed.contains(row.node.id))
            continue;
        page.rows.push_back(row_of(row, form, language));
        page.rows.back().uncertain = open.contains(row.node.id) && row.node.months_open();
        page.rows.back().unscheduled = open.contains(row.node.id) && !row.node.months_open();
        page.rows.back().holds = row.node.level >= Level::Subactivity;
    }
    for (std::string const each : { "all", "unscheduled", "uncertain", "unowned" }) {
        page.shows.push_back({ each, { "plan.schedule.show." + each }, each == show });
        page.show_links.push_back({ { board + "/schedule" + (each == "all" ? "" : "?show=" + each) }, {} });
    }
    choices(page, parts, form);
    if (page.rows.empty())
        page.nothing = view::EmptyState { { "plan.schedule.none_left" }, {}, { board }, { "plan.schedule.back" } };
    if (fault) {
        page.errors = view::field_errors(*fault);
        if (!page.errors)
            page.trouble = view::sentence_of(*fault);
    }
    return page;
}

}
