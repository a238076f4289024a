#include "plan/plan_marks.hpp"
#include "portal/home_model.hpp"
#include <fmt/format.h>

namespace kpuhub::portal {

static void add_lines(std::string& text, std::string_view heading, std::vector<plan::WorkLine> const& lines, time::Date today, Wording const& wording)
{
    constexpr std::size_t most = 20, title_bytes = 80;
    if (lines.empty())
        return;
    std::string const count[] = { std::to_string(lines.size()) };
    text += "\n" + wording.messages.text(heading, wording.language, count) + "\n";
    for (std::size_t i = 0; i < lines.size() && i < most; ++i) {
        auto row = work_row(lines[i], today);
        auto month = wording.messages.text("month.short." + std::to_string(row.due.month()), wording.language);
        text += fmt::format("{}. {} {}{}{}, {} {}\n{}{}\n", i + 1, row.code, plan::shortened(row.title, title_bytes), row.owner.empty() ? "" : " - ", row.owner,
            row.due.day(), month, wording.public_url, row.link.address);
    }
    if (lines.size() > most) {
        std::string const rest[] = { std::to_string(lines.size() - most) };
        text += wording.messages.text("portal.remind.rest", wording.language, rest) + "\n";
    }
}

Reminder reminder_of(std::string const& head, std::vector<plan::WorkLine> const& late, std::vector<plan::WorkLine> const& soon, time::Date today,
    Wording const& wording)
{
    Reminder reminder { head + "\n", static_cast<std::int64_t>(late.size() + soon.size()) };
    add_lines(reminder.text, "portal.remind.late", late, today, wording);
    add_lines(reminder.text, "portal.remind.due", soon, today, wording);
    return reminder;
}

}
