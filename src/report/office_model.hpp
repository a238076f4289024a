#pragma once
#include "report/offices.hpp"
#include "report/package_model.hpp"

namespace kpuhub::report {

struct OfficeRow {
    std::string code, name;
    view::Sentence plan {}, package {};
    std::int64_t late = 0, requests = 0;
    bool bad_plan = false, bad_package = false;
    view::Link to_plan {}, to_package {}, to_late {}, to_requests {}, to_offices {};
    void describe(view::Visitor&) const;
};

/// Satker saya: the offices below beside plan, package, late rows and open requests. web/templates/report/offices.mustache
struct OfficesPage {
    std::string unit_name;
    view::Year year {};
    view::Choice period;
    std::vector<Tab> tab_links {};
    std::vector<OfficeRow> rows {};
    std::vector<PackageOption> period_options {};
    std::int64_t offices = 0, fixed = 0, received = 0;
    std::int64_t waiting = 0;                   ///< packages sent to this office that the reader has to decide on
    view::Link self {}, xlsx {}, csv {}, to_waiting {}, decrees {};    ///< decrees: orders those of all offices; empty for who may not
    void describe(view::Visitor&) const;
};

}
