#pragma once
#include "definition/register.hpp"
#include "time/date.hpp"
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::definition {

/// Kinds of posts and of employment, as the tables know them.
inline constexpr std::array<std::string_view, 5> post_kinds { "chair", "member", "secretary", "head", "staff" };
inline constexpr std::array<std::string_view, 4> employments { "commissioner", "pns", "pppk", "ppnpn" };

/// One way to come under a duty: by the kind of a post, an employment, or a word in the title of a post.
struct DutyHolder {
    std::string matches;                ///< post_kind | employment | title_word
    std::string value;
    friend bool operator==(DutyHolder const&, DutyHolder const&) = default;
};

/// A duty (kewajiban) of definitions/duties.yaml.
struct Duty {
    std::string id;                     ///< "lhkpn"
    Words title, hint;
    time::Date from, to;                ///< days that it holds for
    std::string source;
    std::string confidence;             ///< verified | memory | uncertain
    std::vector<DutyHolder> holders;
};

/// Errors: Invalid with file and line of every wrong place.
Result<std::vector<Duty>> load_duties(std::string_view file, std::string_view text);

/// Those of the program; a faulty file ends the program at its start.
std::vector<Duty> const& embedded_duties();
/// The duty of a name; nullptr when there is none.
Duty const* duty_named(std::string_view id);

}
