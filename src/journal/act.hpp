#pragma once
#include "core/id.hpp"
#include "time/date.hpp"
#include <array>
#include <cstdint>

namespace kpuhub::journal {

/// Who does something, for whom and when: what every action gets from outside, so that the action itself draws no
/// clock and no random number and may run twice.
struct Act {
    PersonId actor {};                      ///< none = the program itself
    PostId on_behalf {};                    ///< the post that the actor acts for (a.n.); none = for himself
    time::Instant at {};
    time::Date today {};                    ///< in the zone of the actor's office
    std::array<std::uint8_t, 32> seed {};   ///< random; the salts of personal values are derived from it

    [[nodiscard]] Act acting_for(PostId post) const
    {
        auto act = *this;
        act.on_behalf = post;
        return act;
    }
};

/// An act of this moment with a fresh seed (libsodium).
Act make_act(PersonId actor, time::Instant at, time::Date today);

}
