#include "core/waiting_room.hpp"
#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

using namespace kpuhub;
using namespace std::chrono_literals;

namespace {

void until(std::function<bool()> const& reached)
{
    for (int i = 0; i < 5'000 && !reached(); ++i)
        std::this_thread::sleep_for(1ms);
    ASSERT_TRUE(reached());
}

}

TEST(WaitingRoom, never_holds_more_guests_than_seats)
{
    WaitingRoom room({ .seats = 2, .waiting = 64, .waiting_per_guest = 0 });
    std::atomic<int> inside = 0, most = 0, served = 0;
    std::vector<std::thread> guests;
    for (int i = 0; i < 20; ++i)
        guests.emplace_back([&] {
            auto seat = room.enter(10s);
            if (!seat)
                return;
            int now = ++inside;
            for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) { }
            std::this_thread::sleep_for(2ms);
            --inside;
            ++served;
        });
    for (auto& guest : guests)
        guest.join();
    EXPECT_EQ(served, 20);
    EXPECT_EQ(most, 2);
}

TEST(WaitingRoom, turns_away_who_finds_the_queue_full_or_loses_patience)
{
    WaitingRoom room({ .seats = 1, .waiting = 1, .waiting_per_guest = 0 });
    auto taken = room.enter(0ms);
    ASSERT_TRUE(taken);
    EXPECT_FALSE(room.enter(1ms));                  // waited in vain
    EXPECT_EQ(room.waiting(), 0u);
    std::thread second([&] { EXPECT_TRUE(room.enter(10s)); });
    until([&] { return room.waiting() == 1; });
    EXPECT_FALSE(room.enter(10s));                  // at once: the queue is full
    taken.reset();
    second.join();
    EXPECT_TRUE(room.enter(0ms));
}

TEST(WaitingRoom, keeps_one_guest_from_filling_the_queue)
{
    WaitingRoom room({ .seats = 1, .waiting = 10, .waiting_per_guest = 1 });
    auto taken = room.enter(0ms);
    std::thread first([&] { EXPECT_TRUE(room.enter(10s, "siti")); });
    until([&] { return room.waiting() == 1; });
    EXPECT_FALSE(room.enter(10s, "siti"));
    std::thread other([&] { EXPECT_TRUE(room.enter(10s, "dewi")); });
    until([&] { return room.waiting() == 2; });
    taken.reset();
    first.join();
    other.join();
}
