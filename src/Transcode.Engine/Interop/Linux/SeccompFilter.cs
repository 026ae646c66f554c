using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>A seccomp filter (linux/seccomp.h, linux/filter.h) over every thread of the process.</summary>
internal static unsafe partial class SeccompFilter
{
    private const uint AUDIT_ARCH_X86_64 = 0xC000003E;
    private const uint AUDIT_ARCH_AARCH64 = 0xC00000B7;

    private const uint SECCOMP_SET_MODE_FILTER = 1;
    private const uint SECCOMP_FILTER_FLAG_TSYNC = 1;
    private const uint SECCOMP_RET_KILL_PROCESS = 0x80000000;
    private const uint SECCOMP_RET_ERRNO = 0x00050000;
    private const uint SECCOMP_RET_ALLOW = 0x7FFF0000;

    // struct seccomp_data: int nr; u32 arch; u64 instruction_pointer; u64 args[6]. Both architectures are little-endian.
    private const uint OffsetOfNumber = 0;
    private const uint OffsetOfArchitecture = 4;
    private const uint OffsetOfFirstArgument = 16;

    private const ushort LoadWord = 0x20;      // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15;   // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private const ushort JumpIfSet = 0x45;     // BPF_JMP | BPF_JSET | BPF_K
    private const ushort Return = 0x06;        // BPF_RET | BPF_K

    private const uint X32Bit = 0x40000000;
    private const uint CLONE_THREAD = 0x00010000;
    private const uint EACCES = 13;
    private const uint ENOSYS = 38;

    private const uint Deny = SECCOMP_RET_ERRNO | EACCES;

    /// <summary>Null where the filter's table of system calls covers this processor, else why not.</summary>
    public static string? WhyUnsupported => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 or Architecture.Arm64 => null,
        var other => $"no table of system calls for {other}",
    };

    /// <summary>Installs the filter for all threads. Needs no_new_privs.</summary>
    /// <returns>0, or the errno; −1 where a thread could not be brought under it.</returns>
    public static int Install()
    {
        Instruction[] program = Program(
            RuntimeInformation.ProcessArchitecture == Architecture.X64,
            (uint)Environment.ProcessId,
            signalsByThreadOnly: RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal));
        fixed (Instruction* instructions = program)
        {
            var description = new ProgramDescription((ushort)program.Length, instructions);
            nint number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 317 : 277;
            nint result = Call(number, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &description);
            // A positive answer is the id of a thread that could not be synchronised.
            return result switch
            {
                0 => 0,
                > 0 => -1,
                _ => Marshal.GetLastPInvokeError(),
            };
        }
    }

    private static Instruction[] Program(bool x64, uint process, bool signalsByThreadOnly)
    {
        int NumberOf(SystemCall call) => x64 ? call.X64 : call.Arm64;
        var program = new List<Instruction>
        {
            new(LoadWord, 0, 0, OffsetOfArchitecture),
            new(JumpIfEqual, 1, 0, x64 ? AUDIT_ARCH_X86_64 : AUDIT_ARCH_AARCH64),
            new(Return, 0, 0, SECCOMP_RET_KILL_PROCESS),
            new(LoadWord, 0, 0, OffsetOfNumber),
        };
        if (x64)
        {
            program.Add(new(JumpIfAtLeast, 0, 1, X32Bit));
            program.Add(new(Return, 0, 0, Deny));
        }

        foreach (SystemCall call in SystemCall.Denied.Where(call => NumberOf(call) >= 0))
        {
            program.Add(new(JumpIfEqual, 0, 1, (uint)NumberOf(call)));
            program.Add(new(Return, 0, 0, Deny));
        }

        if (!signalsByThreadOnly)
        {
            // musl signals its own threads with tkill, which names no process and so cannot be confined.
            program.Add(new(JumpIfEqual, 0, 1, (uint)NumberOf(SystemCall.TKill)));
            program.Add(new(Return, 0, 0, Deny));
        }

        // clone3's flags lie behind a pointer: the C library falls back to clone, whose flags can be looked at.
        program.Add(new(JumpIfEqual, 0, 1, (uint)NumberOf(SystemCall.Clone3)));
        program.Add(new(Return, 0, 0, SECCOMP_RET_ERRNO | ENOSYS));
        AllowOnly(program, NumberOf(SystemCall.Clone), JumpIfSet, CLONE_THREAD);
        AllowOnly(program, NumberOf(SystemCall.Kill), JumpIfEqual, process);
        AllowOnly(program, NumberOf(SystemCall.TgKill), JumpIfEqual, process);
        AllowOnly(program, NumberOf(SystemCall.PrLimit64), JumpIfEqual, 0);
        program.Add(new(Return, 0, 0, SECCOMP_RET_ALLOW));
        return [.. program];
    }

    /// <summary>A call that is allowed where the low word of its first argument passes a test.</summary>
    private static void AllowOnly(List<Instruction> program, int number, ushort test, uint value)
    {
        program.Add(new(JumpIfEqual, 0, 4, (uint)number));
        program.Add(new(LoadWord, 0, 0, OffsetOfFirstArgument));
        program.Add(new(test, 0, 1, value));
        program.Add(new(Return, 0, 0, SECCOMP_RET_ALLOW));
        program.Add(new(Return, 0, 0, Deny));
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, uint operation, uint flags, ProgramDescription* program);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Value);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ProgramDescription(ushort length, Instruction* instructions)
    {
        public readonly ushort Length = length;
        public readonly Instruction* Instructions = instructions;
    }
}
