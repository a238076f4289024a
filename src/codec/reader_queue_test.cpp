#include "codec/reader_queue.hpp"
#include "codec/child_process.hpp"
#include <fstream>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

using namespace kpuhub;
using namespace std::chrono_literals;

TEST(ReaderQueue, leaves_one_core_to_the_pages)
{
    EXPECT_EQ(codec::readers_at_once(0), 1u);
    EXPECT_EQ(codec::readers_at_once(1), 1u);
    EXPECT_EQ(codec::readers_at_once(2), 1u);
    EXPECT_EQ(codec::readers_at_once(8), 7u);
}

TEST(ReaderQueue, turns_the_sixth_file_of_one_account_and_the_ninth_request_away)
{
    auto& room = codec::reader_room();
    std::vector<WaitingRoom::Seat> seats;
    while (auto seat = room.enter(0ms))
        seats.push_back(std::move(*seat));
    std::vector<std::thread> waiting;
    auto wait_as = [&](std::string account, std::size_t until) {
        waiting.emplace_back([account] { EXPECT_TRUE(codec::take_reader_seat({ account, false })); });
        for (int i = 0; i < 5'000 && room.waiting() < until; ++i)
            std::this_thread::sleep_for(1ms);
    };
    for (std::size_t i = 1; i <= 5; ++i)
        wait_as("7", i);
    auto sixth = codec::take_reader_seat({ "7", true });
    ASSERT_FALSE(sixth);
    EXPECT_EQ(sixth.error().kind, FaultKind::Unavailable);
    EXPECT_EQ(sixth.error().message_key, "codec.busy");
    for (std::size_t i = 6; i <= 8; ++i)
        wait_as("10" + std::to_string(i), i);
    EXPECT_FALSE(codec::take_reader_seat({ "9", true }));       // would hold a worker that answers pages
    seats.clear();
    for (auto& each : waiting)
        each.join();
    EXPECT_TRUE(codec::take_reader_seat({ "9", true }));
}

TEST(ReaderChild, is_nice_and_goes_first_when_memory_is_short)
{
    std::string file = "/tmp/kpuhub-reader-queue." + std::to_string(::getpid());
    std::ofstream { file } << "x";
    auto told = codec::run_child_process("/bin/sh", { "-c", "cat /proc/self/oom_score_adj; nice; ulimit -c; ulimit -n; ls /proc/self/fd | wc -l; env" }, file, "/tmp");
    ::unlink(file.c_str());
    ASSERT_TRUE(told);
    EXPECT_TRUE(told->starts_with("1000\n19\n0\n64\n")) << *told;
    EXPECT_EQ(told->find("HOME="), std::string::npos) << *told;
}
