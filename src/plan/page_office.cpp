#include "plan/page_office.hpp"
#include "account/form.hpp"
#include "definition/plan_years.hpp"
#include "organization/unit.hpp"

namespace kpuhub::plan {

Result<PageOffice> page_office(storage::Reader& reader, account::Visit const& visit)
{
    auto const& code = visit.request.parameter("unit");
    if (code == visit.reader.unit_code)
        return PageOffice { visit.reader.unit, code, visit.reader.unit_name };
    auto unit = TRY(organization::unit_by_code(reader, code, visit.reader.today));
    return PageOffice { unit.id, unit.code, unit.name };
}

Result<int> page_year(account::Visit const& visit)
{
    auto year = TRY(account::number_in(visit.request, "year"));
    if (!definition::plan_years().hold(year))
        return not_found();
    return static_cast<int>(year);
}

view::Frame plan_frame(account::Visit const& visit, view::Sentence title, PageOffice const& office, int year, std::string_view current)
{
    auto frame = visit.frame(std::move(title), current);
    frame.office = office.name;
    frame.office_code = office.code;
    frame.year = view::Year { year };
    return frame;
}

}
