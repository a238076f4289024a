#include "storage/folder_lock.hpp"
#include "storage/file_system.hpp"
#include "support/test_folder.hpp"
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kpuhub;
using kpuhub::storage::FolderLock;
using kpuhub::testing::TestFolder;

TEST(FolderLock, ASecondProcessIsKeptOutAndToldTheHolder)
{
    TestFolder folder;
    auto data = folder / "data";
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto held = FolderLock::take(data);
        char sign = held ? 'y' : 'n';
        if (::write(ready[1], &sign, 1) == 1)
            ::pause();
        ::_exit(0);
    }
    char sign = 0;
    ASSERT_EQ(::read(ready[0], &sign, 1), 1);
    EXPECT_EQ(sign, 'y');
    auto refused = FolderLock::take(data);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FaultKind::Conflict);
    EXPECT_EQ(refused.error().message_key, "storage.locked");
    EXPECT_EQ(refused.error().argument, std::to_string(child));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(FolderLock::take(data)) << "the lock goes with its process";
}

TEST(FolderLock, GoesWithItsObject)
{
    TestFolder folder;
    {
        auto held = FolderLock::take(folder.path().string());
        ASSERT_TRUE(held);
        EXPECT_FALSE(FolderLock::take(folder.path().string()));
    }
    EXPECT_TRUE(FolderLock::take(folder.path().string()));
}

TEST(FileSystem, NetworkAndFuseAreRemote)
{
    EXPECT_TRUE(storage::is_remote_file_system(0x6969));
    EXPECT_TRUE(storage::is_remote_file_system(0x65735546));
    EXPECT_TRUE(storage::is_remote_file_system(0xFFFFFFFFFF534D42UL)) << "statfs may extend the sign";
    EXPECT_FALSE(storage::is_remote_file_system(0xEF53)) << "ext4";
    EXPECT_FALSE(storage::is_remote_file_system(0x01021994)) << "tmpfs";
}
