#include "account/hashing.hpp"
#include "account/password.hpp"
#include "account/sign_in_limits.hpp"

namespace kpuhub::account {

WaitingRoom& hashing_room()
{
    static WaitingRoom room { { sign_in_limits().hashes_at_once, sign_in_limits().hashes_waiting, 0 } };
    return room;
}

static Result<WaitingRoom::Seat> take_seat()
{
    constexpr auto patience = std::chrono::seconds { 8 };      // below the 10 s of a handler
    constexpr auto come_back_s = "5";
    auto seat = hashing_room().enter(patience);
    if (!seat)
        return fail({ FaultKind::Unavailable, "account.sign_in.busy", {}, {}, come_back_s });
    return std::move(*seat);
}

Result<bool> check_password(std::string_view hash, std::string_view password)
{
    auto seat = TRY(take_seat());
    return verify_password(hash.empty() ? nobody_hash() : hash, password) && !hash.empty();
}

Result<std::string> make_hash(std::string_view password)
{
    auto seat = TRY(take_seat());
    return hash_password(password);
}

}
