#include "codec/tool_sandbox.hpp"
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

constexpr __u64 to_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr __u64 to_run = to_read | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr __u64 to_write = to_read | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE
    | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR;
constexpr __u64 of_a_file = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

bool allow(int rules, char const* path, __u64 access)
{
    landlock_path_beneath_attr below {};
    below.parent_fd = ::open(path, O_PATH | O_CLOEXEC);
    below.allowed_access = access;
    if (below.parent_fd < 0)
        return false;
    bool allowed = ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
    ::close(below.parent_fd);
    return allowed;
}

bool enter_landlock(std::vector<std::string> const& also_readable)
{
    landlock_ruleset_attr rights {};
    rights.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;     // all that ABI 1 knows
    auto const rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rights, sizeof(rights), 0));
    if (rules < 0)
        return false;
    bool entered = allow(rules, "/usr", to_run) && allow(rules, ".", to_write) && allow(rules, "/dev/null", of_a_file);
    allow(rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
    // Letters that a PDF does not bring along are drawn with the machine's own.
    allow(rules, "/etc/fonts", to_read);
    allow(rules, "/var/cache/fontconfig", to_read);
    for (auto const& folder : also_readable)
        allow(rules, folder.c_str(), to_read);
    entered = entered && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return entered;
}

/// What no picture needs: network, other processes, the kernel's own interfaces (security.md 8).
bool enter_seccomp()
{
    static constexpr std::array refused { SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(ptrace),
        SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
        SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
        SCMP_SYS(io_uring_register), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
        SCMP_SYS(perf_event_open), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load),
        SCMP_SYS(open_by_handle_at), SCMP_SYS(setsid), SCMP_SYS(setpgid) };
    auto* const filter = ::seccomp_init(SCMP_ACT_ALLOW);
    if (filter == nullptr)
        return false;
    bool entered = true;
    for (int const call : refused)
        entered = entered && ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
    entered = entered && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return entered;
}

}

bool enter_tool_sandbox(std::vector<std::string> const& also_readable)
{
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    bool const landlock = enter_landlock(also_readable);
    bool const seccomp = enter_seccomp();
    return landlock && seccomp;
}

}
