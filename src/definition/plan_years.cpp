#include "definition/plan_years.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include <cstdlib>

namespace kpuhub::definition {

PlanYears const& plan_years()
{
    static PlanYears const years = [] {
        auto const root = parse("plan_years.yaml", embedded_file("definitions/plan_years.yaml"));
        return root ? PlanYears { std::atoi((*root)["first"].text.c_str()), std::atoi((*root)["last"].text.c_str()) } : PlanYears {};
    }();
    return years;
}

}
