#include "report/period.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <yaml-cpp/yaml.h>

namespace kpuhub::report {

/// The compiled-in definition; a broken one is a fault of the build that a unit test finds.
std::vector<PeriodKind> const& period_kinds()
{
    static auto const all = [] {
        std::vector<PeriodKind> made;
        auto const root = YAML::Load(std::string { embedded_file("definitions/reports/package.yaml") });
        for (auto const& each : root["periods"])
            made.push_back({ each["code"].as<std::string>(), each["first_month"].as<unsigned>(), each["last_month"].as<unsigned>(), each["title"].as<std::string>() });
        return made;
    }();
    return all;
}

PeriodKind const* period_kind(std::string_view code)
{
    auto const found = std::ranges::find(period_kinds(), code, &PeriodKind::code);
    return found == period_kinds().end() ? nullptr : &*found;
}

std::optional<Period> period(int year, std::string_view code)
{
    if (period_kind(code) == nullptr)
        return {};
    return Period { year, std::string { code } };
}

static PeriodKind const& kind_of(Period const& period)
{
    static PeriodKind const year { "Y", 1, 12, "Tahun" };
    auto const* kind = period_kind(period.code);
    return kind == nullptr ? year : *kind;
}

time::Date Period::from() const { return time::Date::of(year, kind_of(*this).first_month, 1); }
time::Date Period::until() const { return time::end_of_month(year, kind_of(*this).last_month); }

std::string Period::words() const
{
    auto const of_year = "Tahun " + std::to_string(year);
    auto const& kind = kind_of(*this);
    return kind.whole_year() ? of_year : kind.title + " " + of_year;
}

Period reported_on(time::Date today)
{
    auto const quarter = (static_cast<int>(today.month()) - 1) / 3;     // how many have ended
    return { today.year(), "Q" + std::to_string(std::max(quarter, 1)) };
}

}
