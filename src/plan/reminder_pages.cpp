#include "plan/page_office.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/reminder_model.hpp"
#include "plan/task_lists.hpp"
#include "view/renderer.hpp"
#include "view/words.hpp"
#include <map>

namespace kpuhub::plan {

void ReminderPage::describe(view::Visitor& v) const
{
    v.field("office", office);
    v.field("text", text);
    v.field("late", late);
    v.field("due", due);
    v.field("board", board);
    v.field("nothing", nothing);
}

namespace {

constexpr int most_lines = 300;

/// The text: a head, then who owes what, late ones first, each with its link.
class Writer {
public:
    Writer(account::Visit const& visit, text::Language language) : m_visit(visit), m_language(language) {}

    void add(WorkLine const& line, bool late)
    {
        constexpr std::size_t longest = 90;
        auto who = line.owner.empty() ? words({ "plan.reminder.nobody" }) : line.owner;
        if (!line.owner_person.empty())
            who += " (" + line.owner_person + ")";
        auto const due = view::day_and_month(line.deliverable.due_on, m_language);
        auto const code = row_code({ std::to_string(line.node.area_no), line.activity_number, line.node.number });
        auto text = "- " + code + " " + shortened(line.node.body, longest) + ", ";
        text += words({ late ? "plan.reminder.late_since" : "plan.reminder.due", { due } });
        m_owed[who] += text + "\n  " + m_visit.door.settings().public_url + deliverable_address(line.deliverable.id) + "\n";
    }

    [[nodiscard]] std::string text(std::string const& office, time::Date today) const
    {
        auto text = "*" + words({ "plan.reminder.head", { office, month_word(static_cast<int>(today.month())), view::Year { today.year() } } }) + "*\n";
        for (auto const& [who, lines] : m_owed)
            text += "\n*" + who + "*\n" + lines;
        return text;
    }

private:
    [[nodiscard]] std::string words(view::Sentence const& sentence) const { return m_visit.door.renderer().words(sentence, m_language); }

    account::Visit const& m_visit;
    text::Language m_language;
    std::map<std::string, std::string> m_owed {};
};

Result<http::Response> show_reminder(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const year = TRY(page_year(visit));
    PageOffice office;
    WorkLines late;
    WorkLines due;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        office = TRY(page_office(reader, visit));
        TRY(find_plan(reader, who.person, who.today, office.id, year));
        late = late_rows(reader, who.person, who.today, office.id, {}, {}, most_lines);
        due = due_between(reader, who.person, who.today, office.id, who.today, time::end_of_month(who.today.year(), who.today.month()), {}, most_lines);
        return {};
    }));
    auto frame = plan_frame(visit, { "plan.reminder.title" }, office, year);
    Writer writer(visit, frame.language);
    for (auto const& line : late.lines)
        writer.add(line, true);
    for (auto const& line : due.lines)
        writer.add(line, false);
    ReminderPage page { office.name, writer.text(office.name, who.today), late.total, due.total, { board_address(office.code, year) }, {} };
    if (late.lines.empty() && due.lines.empty())
        page.nothing = view::EmptyState { { "plan.reminder.nothing" } };
    frame.crumbs = { { { "plan.board.title", { view::Year { year } } }, page.board }, { { "plan.reminder.title" } } };
    return visit.page("plan/reminder", page, frame);
}

}

void register_reminder_pages(account::Door const& door, http::Router& router)
{
    door.get<ReminderPage>(router, "/units/{unit}/plans/{year}/reminder", "plan.read", show_reminder);
}

}
