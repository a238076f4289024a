#pragma once
#include "definition/node.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::definition {

/// A sub-division as definitions/plan_shapes/subdivisions.yaml proposes it for offices of a level.
struct SubdivisionEntry {
    std::string key;
    std::string name;
    std::string short_name;
};

/// The set in force on a day for a level (regency, province, national); empty when there is none.
/// Errors: Invalid with file and line.
Result<std::vector<SubdivisionEntry>> load_subdivision_set(std::string_view file, std::string_view text, std::string_view level, time::Date on);

/// definitions/samples/demo_office.yaml, where each part is explained.
struct DemoPost {
    std::string key, title, kind, subdivision, superior;
};
struct DemoPostRole {
    std::string post, role;
    std::vector<std::int64_t> areas;
};
struct DemoAppointment {
    std::string post, capacity;
    time::Date from, to;
};
struct DemoPerson {
    std::string user, name, employment, nip, pppk_number;
    std::vector<DemoAppointment> posts;
    std::vector<std::string> roles;
    std::string holds;                  ///< what one tries as this person; may be empty
};
struct DemoOwnershipException {
    std::vector<std::string> words;
    std::string subdivision;
};
struct DemoOwnership {
    std::int64_t area = 0;
    std::string subdivision;
    std::vector<DemoOwnershipException> exceptions;
};
struct DemoOffice {
    std::string unit;                   ///< code
    std::string subdivisions;           ///< level of the set
    std::string plan;                   ///< file of definitions/samples; empty = none
    std::vector<DemoOwnership> ownership;
    std::vector<DemoPost> posts;
    std::vector<DemoPostRole> post_roles;
    std::vector<DemoPerson> people;
    std::string campaign {};            ///< matter of the campaign that runs there; empty = none
};
struct DemoFile {
    time::Date posts_from, roles_from, roles_to;
    std::vector<DemoOffice> offices;
};

/// Errors: Invalid with file and line: a missing or misspelt key, a date that does not exist, a post that nobody declared.
Result<DemoFile> load_demo(std::string_view file, std::string_view text);

}
