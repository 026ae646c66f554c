namespace Transcode.Engine.Interop.Linux;

/// <summary>The number of a system call on the two architectures the filter knows; −1 where it does not exist.
/// Sources: Linux's asm/unistd_64.h (x86-64) and asm-generic/unistd.h (aarch64).</summary>
internal readonly struct SystemCall(string name, int x64, int arm64)
{
    /// <summary>Since Linux 5.1 a new call has one number everywhere.</summary>
    public SystemCall(string name, int number)
        : this(name, number, number)
    {
    }

    public string Name { get; } = name;

    public int X64 { get; } = x64;

    public int Arm64 { get; } = arm64;

    public static readonly SystemCall Clone = new("clone", 56, 220);
    public static readonly SystemCall Clone3 = new("clone3", 435);
    public static readonly SystemCall Kill = new("kill", 62, 129);
    public static readonly SystemCall TgKill = new("tgkill", 234, 131);
    public static readonly SystemCall TKill = new("tkill", 200, 130);
    public static readonly SystemCall PrLimit64 = new("prlimit64", 302, 261);

    /// <summary>What a process that only computes never needs: names in the file system, sockets, programs, other
    /// processes, kernel interfaces with a history, and the machine's own state.</summary>
    public static readonly SystemCall[] Denied =
    [
        new("open", 2, -1), new("openat", 257, 56), new("openat2", 437), new("creat", 85, -1),
        new("open_by_handle_at", 304, 265), new("name_to_handle_at", 303, 264),
        new("truncate", 76, 45), new("unlink", 87, -1), new("unlinkat", 263, 35), new("rename", 82, -1),
        new("renameat", 264, 38), new("renameat2", 316, 276), new("link", 86, -1), new("linkat", 265, 37),
        new("symlink", 88, -1), new("symlinkat", 266, 36), new("mkdir", 83, -1), new("mkdirat", 258, 34),
        new("rmdir", 84, -1), new("mknod", 133, -1), new("mknodat", 259, 33), new("chdir", 80, 49), new("fchdir", 81, 50),
        new("chmod", 90, -1), new("fchmod", 91, 52), new("fchmodat", 268, 53), new("fchmodat2", 452),
        new("chown", 92, -1), new("fchown", 93, 55), new("lchown", 94, -1), new("fchownat", 260, 54),
        new("utime", 132, -1), new("utimes", 235, -1), new("utimensat", 280, 88), new("futimesat", 261, -1),
        new("setxattr", 188, 5), new("lsetxattr", 189, 6), new("fsetxattr", 190, 7),
        new("removexattr", 197, 14), new("lremovexattr", 198, 15), new("fremovexattr", 199, 16),
        new("inotify_init", 253, -1), new("inotify_init1", 294, 26), new("fanotify_init", 300, 262),
        new("mount", 165, 40), new("umount2", 166, 39), new("fsopen", 430), new("fsconfig", 431), new("fsmount", 432),
        new("fspick", 433), new("open_tree", 428), new("move_mount", 429), new("mount_setattr", 442),
        new("pivot_root", 155, 41), new("chroot", 161, 51), new("setns", 308, 268), new("unshare", 272, 97),

        new("socket", 41, 198), new("socketpair", 53, 199), new("connect", 42, 203), new("bind", 49, 200),
        new("listen", 50, 201), new("accept", 43, 202), new("accept4", 288, 242),
        new("sendto", 44, 206), new("sendmsg", 46, 211), new("sendmmsg", 307, 269),

        new("execve", 59, 221), new("execveat", 322, 281), new("fork", 57, -1), new("vfork", 58, -1),
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271),
        new("process_madvise", 440), new("process_mrelease", 448), new("kcmp", 312, 272),
        new("pidfd_open", 434), new("pidfd_getfd", 438), new("pidfd_send_signal", 424),
        new("rt_sigqueueinfo", 129, 138), new("rt_tgsigqueueinfo", 297, 240),
        new("shmget", 29, 194), new("shmat", 30, 196), new("msgget", 68, 186), new("semget", 64, 190),
        new("mq_open", 240, 180),

        new("io_uring_setup", 425), new("io_uring_enter", 426), new("io_uring_register", 427), new("bpf", 321, 280),
        new("userfaultfd", 323, 282), new("perf_event_open", 298, 241), new("keyctl", 250, 219), new("add_key", 248, 217),
        new("request_key", 249, 218), new("memfd_secret", 447), new("personality", 135, 92),

        new("init_module", 175, 105), new("finit_module", 313, 273), new("delete_module", 176, 106),
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294), new("reboot", 169, 142), new("swapon", 167, 224),
        new("swapoff", 168, 225), new("acct", 163, 89), new("quotactl", 179, 60), new("quotactl_fd", 443),
        new("syslog", 103, 116), new("settimeofday", 164, 170), new("clock_settime", 227, 112), new("adjtimex", 159, 171),
        new("clock_adjtime", 305, 266), new("sethostname", 170, 161), new("setdomainname", 171, 162),
        new("iopl", 172, -1), new("ioperm", 173, -1),
        new("setuid", 105, 146), new("setgid", 106, 144), new("setresuid", 117, 147), new("setresgid", 119, 149),
    ];
}
