#include "definition/coverage.hpp"
#include <fmt/format.h>

namespace kpuhub::definition {

namespace {

struct Count {
    int all = 0, registers = 0, indicators = 0, pages = 0, served = 0;
    void add(Service const& service)
    {
        ++all;
        registers += service.registers.empty() ? 0 : 1;
        indicators += service.indicators.empty() ? 0 : 1;
        pages += service.room.empty() ? 0 : 1;
        served += service.planned() ? 0 : 1;
    }
};

std::string served_by(Service const& service)
{
    std::string text;
    auto add = [&](std::string const& part) { text += (text.empty() ? "" : "; ") + part; };
    for (auto const* each : service.registers)
        add("register `" + each->id + "`");
    for (auto const* each : service.indicators)
        add("indicator `" + each->id + "`");
    if (!service.room.empty())
        add("page `" + service.address + "` (" + service.room + ")");
    return text.empty() ? "belum" : text;
}

std::string area_of(SystemRow const& row) { return row.no.substr(0, row.no.find('.')); }

}

std::string coverage_text(Offer const& offer)
{
    Count all;
    std::vector<std::pair<std::string, Count>> areas;
    std::string lines;
    for (auto const& row : systems()) {
        auto const service = offer.service(TargetKind::System, row.id);
        all.add(service);
        if (areas.empty() || areas.back().first != area_of(row))
            areas.emplace_back(area_of(row), Count {});
        areas.back().second.add(service);
        lines += fmt::format("| {} | {} ({}) | {} |\n", row.no, row.title.en, row.title.id, served_by(service));
    }
    auto text = fmt::format("# What serves the {} systems that action plans name\n\nMade by `kpuhub definitions coverage > docs/coverage.md` from "
                            "`definitions/binding/systems.yaml`, the registers and the indicators; a test holds it to them. \"belum\": not yet; rows of plans that are about it are proved by files and links.\n\n"
                            "**{} of {} are served**: {} by registers, {} by indicators, {} by pages of the program (some by several); {} not yet.\n\n",
        all.all, all.served, all.all, all.registers, all.indicators, all.pages, all.all - all.served);
    text += "| area | systems | served | not yet |\n|---|---|---|---|\n";
    for (auto const& [area, count] : areas)
        text += fmt::format("| {} | {} | {} | {} |\n", area == "0" ? "whole plan" : area, count.all, count.served, count.all - count.served);
    return text + "\n| no | system | served by |\n|---|---|---|\n" + lines;
}

}
