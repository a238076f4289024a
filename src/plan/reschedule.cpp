#include "plan/reschedule.hpp"
#include <algorithm>

namespace kpuhub::plan {

std::vector<Wanted> wanted_of(int year, std::span<Bearer const> bearers, time::WorkingCalendar const& calendar)
{
    std::vector<Wanted> wanted;
    for (auto const& bearer : bearers)
        for (auto const& span : deliverables_of(year, bearer.months, bearer.rhythm, bearer.due, calendar))
            wanted.push_back({ bearer.node, span });
    return wanted;
}

static bool overlap(Span const& first, Span const& second)
{
    return first.starts_on <= second.ends_on && second.starts_on <= first.ends_on;
}

Rescheduling reschedule(std::span<Existing const> existing, std::vector<Wanted> wanted)
{
    Rescheduling change;
    std::vector<Existing> homeless;
    for (auto const& each : existing) {
        auto same = std::ranges::find_if(wanted, [&](Wanted const& want) {
            return want.node == each.node && want.span.starts_on == each.span.starts_on && want.span.ends_on == each.span.ends_on;
        });
        if (same != wanted.end()) {
            if (same->span.due_on != each.span.due_on)
                change.moved.push_back({ each.id, *same });
            wanted.erase(same);
        } else if (each.touched) {
            homeless.push_back(each);
        } else {
            change.removed.push_back(each.id);
        }
    }
    std::ranges::sort(homeless, {}, [](Existing const& each) { return std::pair { each.span.due_on, each.id }; });
    for (auto const& each : homeless) {
        auto place = std::ranges::find_if(wanted,
            [&](Wanted const& want) { return want.node == each.node && overlap(want.span, each.span); });
        if (place == wanted.end())
            continue;
        change.moved.push_back({ each.id, *place });
        wanted.erase(place);
    }
    change.added = std::move(wanted);
    return change;
}

}
