#pragma once
#include "core/id.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::account {

/// A role in force today, at a unit; area_owner also says which change area.
struct Role {
    std::string name;                       ///< as in definitions/access/roles.yaml; "staff" is derived
    UnitId unit {};
    std::optional<std::int64_t> area_no {};
    PostId post {};                         ///< the post that holds it; none = the person himself
};

/// A post held today.
struct Post {
    PostId id {};
    UnitId unit {};
    SubdivisionId subdivision {};
    std::string title;
    std::string capacity;                   ///< definitive, plt, plh, delegate
    std::string kind;                       ///< chair, member, secretary, head, staff
};

/// Who is reading: found anew for each request, never kept between two.
struct Reader {
    PersonId person {};                     ///< none = not signed in
    AccountId account {};
    std::string name;
    UnitId unit {};                         ///< home office
    std::string unit_code;
    std::string unit_name;
    std::string unit_level;                 ///< national, province, regency
    time::Zone zone = time::Zone::Wib;
    time::Date today {};                    ///< in the office's zone
    std::string language = "id";
    std::string csrf_secret;
    std::string token_hash;                 ///< of the session in use
    time::Instant seen_at {};               ///< when the session was last written as alive
    bool must_change_password = false;
    std::vector<Role> roles;
    std::vector<Post> posts;

    [[nodiscard]] bool signed_in() const { return static_cast<bool>(person); }
    [[nodiscard]] bool has_role(std::string_view name) const;
    [[nodiscard]] std::string post_title() const;   ///< of the first post: "Plt. Kepala Subbagian ..."
};

}
