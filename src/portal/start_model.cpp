#include "portal/start_model.hpp"

namespace kpuhub::portal {

StartPage start_page(storage::Reader& reader, time::Date today, std::string const& asked, bool welcome)
{
    constexpr int most = 60;
    StartPage page { welcome, asked, {}, {} };
    for (auto const& unit : organization::units_named(reader, asked, today, most))
        page.offices.push_back({ unit.code, unit.name, { "/public/units/" + unit.code } });
    if (page.offices.empty())
        page.nothing = view::EmptyState { { "portal.start.nothing" }, view::Sentence { "portal.start.nothing_why" } };
    return page;
}

}
