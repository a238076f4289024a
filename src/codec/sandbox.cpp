#include "codec/sandbox.hpp"
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace kpuhub::codec {

namespace {

bool enter_landlock(std::string const& folder)
{
    landlock_ruleset_attr rules {};
    // All rights that ABI 1 knows; ABI 2 of Debian 12's kernel adds moving between folders, which is refused anyway.
    rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;
    auto const set = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0));
    if (set < 0)
        return false;
    bool entered = true;
    if (!folder.empty()) {
        landlock_path_beneath_attr own {};
        own.parent_fd = ::open(folder.c_str(), O_PATH | O_CLOEXEC);
        own.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR
            | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
        entered = own.parent_fd >= 0 && ::syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &own, 0) == 0;
        if (own.parent_fd >= 0)
            ::close(own.parent_fd);
    }
    entered = entered && ::syscall(SYS_landlock_restrict_self, set, 0) == 0;
    ::close(set);
    return entered;
}

bool enter_seccomp()
{
    static constexpr std::array calls { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(fstat),
        SCMP_SYS(newfstatat), SCMP_SYS(lseek), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise),
        SCMP_SYS(brk), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(sigaltstack), SCMP_SYS(futex), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getpid),
        SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(openat), SCMP_SYS(unlink), SCMP_SYS(ftruncate) };
    auto* const filter = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == nullptr)
        return false;
    bool entered = true;
#ifdef __SANITIZE_ADDRESS__
    // UBSan asks through a pipe whether memory can be read.
    for (int const call : { SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(readlink) })
        entered = entered && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
#endif
    for (int const call : calls)
        entered = entered && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    entered = entered && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return entered;
}

}

Result<Sandbox> enter_sandbox(std::string const& folder, bool required)
{
    Sandbox sandbox;
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    sandbox.landlock = enter_landlock(folder);
    sandbox.seccomp = enter_seccomp();
    if (required && !(sandbox.landlock && sandbox.seccomp))
        return unavailable("codec.no_sandbox");
    return sandbox;
}

}
