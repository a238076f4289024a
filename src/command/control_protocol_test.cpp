#include "command/control_protocol.hpp"
#include "command/settings.hpp"
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kpuhub;
using namespace kpuhub::command;

TEST(ControlProtocol, carries_words_folder_and_answer_as_they_were)
{
    ControlRequest request { { "user", "add", "--name", "Siti \"Aminah\"\nbaris" }, "/home/siti", 7 };
    auto read = read_request_line(request_line(request));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->words, request.words);
    EXPECT_EQ(read->folder, request.folder);
    EXPECT_EQ(read->file_bytes, 7);
    auto answer = read_answer_line(answer_line({ 65, "x\ny", "\xFF keliru" }));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 65);
    EXPECT_EQ(answer->out, "x\ny");
}

TEST(ControlProtocol, refuses_what_is_no_request_of_this_program)
{
    for (auto const* line : { "", "\n", "[", "[]", "null", "{}", "GET / HTTP/1.1", R"({"kpuhub":2,"words":["user"],"folder":"/","file_bytes":0})",
             R"({"kpuhub":1,"words":[],"folder":"/","file_bytes":0})", R"({"kpuhub":1,"words":"user","folder":"/","file_bytes":0})",
             R"({"kpuhub":1,"words":["user"],"folder":"/","file_bytes":-1})", R"({"kpuhub":1,"words":["user"],"folder":"/","file_bytes":52428801})",
             R"({"kpuhub":1,"words":["us\u0000er"],"folder":"/","file_bytes":0})", R"({"kpuhub":1,"words":[7],"folder":"/","file_bytes":0})" })
        EXPECT_FALSE(read_request_line(line)) << line;
}

TEST(ControlProtocol, takes_one_line_and_leaves_what_stands_behind_it)
{
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    ASSERT_TRUE(send_all(ends[0], "baris\nberkas"));
    EXPECT_EQ(receive_line(ends[1], 100), "baris\n");
    char rest[6];
    EXPECT_EQ(::recv(ends[1], rest, sizeof rest, 0), 6);
    EXPECT_EQ(std::string(rest, 6), "berkas");
    ASSERT_TRUE(send_all(ends[0], std::string(200, 'x') + "\n"));
    EXPECT_EQ(receive_line(ends[1], 100), "") << "longer than it may be";
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(ControlSocket, takes_orders_from_its_own_account_and_root_only)
{
    EXPECT_TRUE(may_command(998, 998));
    EXPECT_TRUE(may_command(0, 998));
    EXPECT_FALSE(may_command(1000, 998));
    EXPECT_FALSE(may_command(998, 0));
}

TEST(Settings, hold_no_password_and_know_two_ways_of_reading_files)
{
    Settings settings;
    EXPECT_TRUE(settings.sandbox_required());
    settings.demo = true;
    EXPECT_FALSE(settings.sandbox_required());
    settings.sandbox = "required";
    EXPECT_TRUE(settings.sandbox_required());
    settings.sandbox = "no";
    EXPECT_EQ(check_settings(settings).error().message_key, "settings.sandbox");
    settings.sandbox = "try";
    for (auto const* good : { "", "postgresql://kpuhub@/kpuhub?host=/run/postgresql", "postgresql://kpuhub@db:5432/kpuhub?passfile=/etc/kpuhub/pgpass" }) {
        settings.database = good;
        EXPECT_TRUE(check_settings(settings)) << good;
    }
    for (auto const* bad : { "postgresql://kpuhub:rahasia@db/kpuhub", "postgresql://kpuhub@/kpuhub?password=rahasia" }) {
        settings.database = bad;
        auto refused = check_settings(settings);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().message_key, "settings.database_secret");
        EXPECT_EQ(refused.error().argument.find("rahasia"), std::string::npos);
    }
}
