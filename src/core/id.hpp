#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace kpuhub {

/// The database identity of one kind of thing: an Id<Unit> is not an Id<Person>. 0 = none.
template<typename Of>
struct Id {
    std::int64_t value = 0;
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

}

template<typename Of>
struct std::hash<kpuhub::Id<Of>> {
    std::size_t operator()(kpuhub::Id<Of> id) const noexcept { return std::hash<std::int64_t> {}(id.value); }
};
