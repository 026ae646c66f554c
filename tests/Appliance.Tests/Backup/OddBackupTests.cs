using Appliance.Tests.Hosting;

namespace Appliance.Tests.Backup;

/// <summary>Backups that are none, or not whole, and places where nothing may be written.</summary>
public sealed class OddBackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_CutOffOrChangedAnywhere_IsRefused_AndLeavesNothing()
    {
        using var scratch = new ScratchFolder();
        byte[] sound = await File.ReadAllBytesAsync(await MadeAsync(scratch), Token);
        string odd = Path.Combine(scratch.Path, "odd.tar");

        // A tar archive ends with blocks of zeros, which nothing depends on.
        int end = sound.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        for (int length = 0; length < end; length += Math.Max(1, end / 12))
        {
            await File.WriteAllBytesAsync(odd, sound.AsMemory(0, length), Token);
            await AssertRefusedAsync(scratch, odd, "It is cut off, or no backup.");
        }

        byte[] changed = [.. sound];
        int place = sound.AsSpan().IndexOf("something of the owner's"u8);
        changed[place] ^= 1;
        await File.WriteAllBytesAsync(odd, changed, Token);
        await AssertRefusedAsync(scratch, odd, "It is damaged: notes.txt is not what was backed up.");
    }

    /// <summary>Made by tar itself.</summary>
    [Theory]
    [InlineData("mkdir state && echo x > state/a && echo y > $OUT.outside && tar cfP $OUT state/a ../outside.tar.outside", "It has a name that no backup has: ../outside.tar.outside")]
    [InlineData("mkdir state && echo x > state/a && tar cfP $OUT --transform 's,state/a,state/../../a,' state/a", "It has a name that no backup has: state/../../a")]
    [InlineData("echo x > a && tar cfP $OUT $PWD/a", "It has a name that no backup has: ")]
    [InlineData("mkdir state && ln -s /etc/passwd state/a && tar cf $OUT state/a", "It has something that is no file: state/a")]
    [InlineData("mkdir state && echo x > state/a && tar cf $OUT state/a state/a", "It has state/a twice.")]
    [InlineData("mkdir state && echo x > state/a && echo '{\"format\":1,\"version\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"files\":[]}' > backup.json && tar cf $OUT state/a backup.json", "It lists 0 files, and has 1.")]
    [InlineData("mkdir state && echo x > state/a && echo '{\"format\":2,\"version\":\"9.9\",\"at\":\"2026-01-01T00:00:00Z\",\"files\":[]}' > backup.json && tar cf $OUT state/a backup.json", "It is of the format 2, made by version 9.9: use that, or a later one.")]
    [InlineData("echo '[' > backup.json && tar cf $OUT backup.json", "It is cut off, or no backup.")]
    [InlineData("echo nonsense > $OUT", "It is cut off, or no backup.")]
    public async Task Archive_ThatIsNoBackup_IsRefused_AndLeavesNothing(string making, string why)
    {
        using var scratch = new ScratchFolder();
        string archive = Path.Combine(scratch.Path, "outside.tar");
        Directory.CreateDirectory(Path.Combine(scratch.Path, "making"));
        (int code, string output) = await House.RunAsync("sh", "-ec", $"cd {scratch.Path}/making; OUT={archive}; {making}");
        Assert.True(code == 0, output);

        // Where a hard link is made in place of a second copy, that is what is refused.
        await AssertRefusedAsync(scratch, archive, why, "It has something that is no file: state/a");
    }

    [Fact]
    public async Task Restore_WhereSomethingIs_LeavesIt()
    {
        using var scratch = new ScratchFolder();
        string file = await MadeAsync(scratch);
        scratch.File("target/mine", "mine");

        Assert.Equal((1, $"appliance: {scratch.Path}/target is not empty: move it away first, or name another folder (--data).\n"), await RunAsync("restore", file, "--data", $"{scratch.Path}/target"));
        Assert.Equal("mine", await File.ReadAllTextAsync($"{scratch.Path}/target/mine", Token));
        Directory.CreateDirectory($"{scratch.Path}/empty");
        Assert.Equal(0, (await RunAsync("restore", file, "--data", $"{scratch.Path}/empty")).Code);
        Assert.Equal("something of the owner's", await File.ReadAllTextAsync($"{scratch.Path}/empty/notes.txt", Token));
    }

    [Fact]
    public async Task Backup_ToldNonsense_SaysWhat()
    {
        using var scratch = new ScratchFolder();
        string data = Path.Combine(scratch.Path, "data");
        string file = await MadeAsync(scratch);

        Assert.Equal((2, "appliance: backup wants a file. backup --help tells more.\n"), await RunAsync("backup"));
        Assert.Equal((2, "appliance: backup wants one file, not a and b.\n"), await RunAsync("backup", "a", "b"));
        Assert.Equal((2, "appliance: Unknown option --all. backup --help lists what there is.\n"), await RunAsync("backup", "a", "--all"));
        Assert.Equal((2, "appliance: Unknown option --films. restore --help lists what there is.\n"), await RunAsync("restore", "a", "--films"));
        Assert.Equal((2, $"appliance: {data}/x.tar lies in the box's own folder: what is lost with it is no backup.\n"), await RunAsync("backup", $"{data}/x.tar", "--data", data));
        Assert.Equal((1, $"appliance: {file} is there already: name another, or move it away.\n"), await RunAsync("backup", file, "--data", data));
        Assert.Equal((1, "appliance: There is no box in /nowhere: name its data folder (--data).\n"), await RunAsync("backup", $"{scratch.Path}/x.tar", "--data", "/nowhere"));
        (int code, string output) = await RunAsync("backup", "/proc/nowhere/x.tar", "--data", data);
        Assert.Equal(1, code);
        Assert.StartsWith("appliance: The backup could not be made: Could not ", output, StringComparison.Ordinal);
    }

    /// <summary>A backup that meets a full disk leaves nothing.</summary>
    [Fact]
    public async Task Backup_ToAFullDisk_SaysSo_AndLeavesNothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may make a small disk.");
        using var scratch = new ScratchFolder();
        await MadeAsync(scratch);
        scratch.File("data/large", new string('x', 1 << 20));
        string disk = Directory.CreateDirectory(Path.Combine(scratch.Path, "disk")).FullName;
        (int mounted, string why) = await House.RunAsync("mount", "-t", "tmpfs", "-o", "size=512k", "none", disk);
        Assert.SkipUnless(mounted == 0, $"A small disk cannot be made here: {why}");
        try
        {
            (int code, string output) = await RunAsync("backup", $"{disk}/box.tar", "--data", $"{scratch.Path}/data");

            Assert.Equal((1, true), (code, output.StartsWith("appliance: The backup could not be made: No space left on device", StringComparison.Ordinal)));
            Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        }
        finally
        {
            await House.RunAsync("umount", disk);
        }
    }

    private static async Task<string> MadeAsync(ScratchFolder scratch)
    {
        scratch.File("data/notes.txt", "something of the owner's");
        scratch.File("data/network.json", "{}");
        scratch.File("data/cache/segment");
        string file = Path.Combine(scratch.Path, "sound.tar");
        (int code, string output) = await RunAsync("backup", file, "--data", Path.Combine(scratch.Path, "data"));
        return code == 0 ? file : throw new InvalidOperationException(output);
    }

    private static async Task AssertRefusedAsync(ScratchFolder scratch, string archive, params string[] why)
    {
        string target = Path.Combine(scratch.Path, "restored", "box");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        (int code, string output) = await RunAsync("restore", archive, "--data", target);

        Assert.Equal(1, code);
        Assert.Contains(why, reason => output.StartsWith($"appliance: {archive} cannot be restored. {reason}", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(target)!));
    }

    private static Task<(int Code, string Output)> RunAsync(params string[] arguments) => House.RunAsync(House.Program, arguments);
}
