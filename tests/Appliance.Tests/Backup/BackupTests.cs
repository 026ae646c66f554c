using System.Text.Json;
using Appliance.Tests.Hosting;
using Appliance.Tests.Rewards;
using Appliance.Tests.Rewards.Witnesses;

namespace Appliance.Tests.Backup;

/// <summary>All state of a box in one file, and a box of it again.</summary>
public sealed class BackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Box_ThatStandsStill_ComesBackByteForByte()
    {
        using var scratch = new ScratchFolder();
        await using WitnessedBox box = await MadeAsync();
        await UploadAsync(box.Data, "whole", sure: 6);
        await File.WriteAllTextAsync(Path.Combine(box.Data, "appliance.yaml"), "port: 8081\n", Token);
        string plain = await BackUpAsync(box, scratch, "plain.tar");
        string whole = await BackUpAsync(box, scratch, "whole.tar", "--films");
        await UploadAsync(box.Data, "coming", sure: 5);
        Assert.DoesNotContain("coming", await RunAsync("tar", "tf", await BackUpAsync(box, scratch, "coming.tar", "--films")), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(box.Data, "uploads", "coming"), recursive: true);

        Assert.Equal("600", (await RunAsync("stat", "-c", "%a", plain)).Trim());
        Assert.DoesNotContain("uploads", await RunAsync("tar", "tf", plain), StringComparison.Ordinal);
        string restored = Path.Combine(scratch.Path, "restored");
        Assert.Contains("all as they were backed up.", await CommandAsync("restore", whole, "--data", restored), StringComparison.Ordinal);

        string[] left = ["cache", "descriptions", "restored.json"];
        Assert.Equal(Listing(box.Data, left), Listing(restored, left));
        Assert.Equal("a film", await File.ReadAllTextAsync(Path.Combine(restored, "uploads", "whole", "film"), Token));
        Assert.Equal("700 600\n", await RunAsync("sh", "-c", $"echo $(stat -c %a {restored}/keys {restored}/keys/device.key)"));

        // Tar and sha256sum, who know nothing of us, see the same.
        Directory.CreateDirectory(Path.Combine(scratch.Path, "untarred"));
        await RunAsync("tar", "xf", whole, "-C", Path.Combine(scratch.Path, "untarred"));
        JsonElement manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(scratch.Path, "untarred", "backup.json"), Token)).RootElement;
        string sums = string.Concat(manifest.GetProperty("files").EnumerateArray().Select(file => $"{file.GetProperty("sha256").GetString()}  {scratch.Path}/untarred/state/{file.GetProperty("path").GetString()}\n"));
        await File.WriteAllTextAsync(Path.Combine(scratch.Path, "sums"), sums, Token);
        await RunAsync("sha256sum", "--quiet", "--strict", "-c", Path.Combine(scratch.Path, "sums"));
    }

    /// <summary>Whatever it was doing, the state is one that it goes on from, and everything adds up.</summary>
    [Fact]
    public async Task Box_ThatWorks_IsBackedUpAsItWasAtOneMoment()
    {
        using var scratch = new ScratchFolder();
        await using WitnessedBox box = await MadeAsync();
        await box.StartAsync();
        for (int turn = 0; turn < 4; turn++)
        {
            Task<long> works = box.GrowAsync(6);
            string file = await BackUpAsync(box, scratch, $"{turn}.tar");
            await works;
            await using WitnessedBox restored = await box.RestoredAsync(file);
            Assert.Contains("The next start goes on with the books.", await CommandAsync("rewards", "go-on", "--data", restored.Data), StringComparison.Ordinal);
            await restored.StartAsync();
            await restored.GrowAsync(1);
            Assert.StartsWith("Epoch 1 is closed", await restored.CommandAsync("epoch", "close"), StringComparison.Ordinal);
            Assert.StartsWith("Everything adds up", await restored.CommandAsync("audit", restored.Box.BaseAddress.ToString(), "--log-key", box.Key.ToString()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Restored_PlaysAtOnce_AndKeepsNoBooksUntilItIsToldHow()
    {
        using var scratch = new ScratchFolder();
        await using WitnessedBox box = await MadeAsync();
        await using WitnessedBox restored = await box.RestoredAsync(await BackUpAsync(box, scratch, "box.tar"));
        await restored.StartAsync();

        Assert.NotEmpty(await restored.Box.GetBytesAsync(restored.Box.Url("360p", "7.m4s")));
        string why = (await restored.OwnersAsync("/v1/rewards/status")).GetProperty("refusal").GetString()!;
        Assert.StartsWith("This box was restored from a backup of ", why, StringComparison.Ordinal);
        Assert.Equal((1, true), Refused(await House.RunAsync(House.Program, "rewards", "go-on", "--data", restored.Data), "in use"));
        Assert.Equal((1, true), Refused(await House.RunAsync(House.Program, "rewards", "begin-anew", "--data", restored.Data), "in use"));
        await restored.StopAsync();

        await CommandAsync("rewards", "go-on", "--data", restored.Data);
        Assert.Equal((1, true), Refused(await House.RunAsync(House.Program, "rewards", "go-on", "--data", restored.Data), "was not restored, or its books go on already"));
        await restored.StartAsync();
        Assert.Equal(JsonValueKind.Null, (await restored.OwnersAsync("/v1/rewards/status")).GetProperty("refusal").ValueKind);
    }

    /// <summary>It signed more after the backup, and somebody saw it.</summary>
    [Fact]
    public async Task Restored_WhoseWitnessSawMore_DoesNotGoOn_AndBeginsAnew()
    {
        using var scratch = new ScratchFolder();
        await using WitnessedBox box = await MadeAsync();
        await using ServedWitness witness = await ServedWitness.StartAsync(box.Key);
        await box.StartAsync(witness.Setting);
        await box.UntilCosignedAsync(witness.Key);
        string early = await BackUpAsync(box, scratch, "early.tar");
        await box.GrowAsync(3);
        await box.UntilCosignedAsync(witness.Key);
        await box.StopAsync();
        string late = await BackUpAsync(box, scratch, "late.tar");

        await using WitnessedBox same = await box.RestoredAsync(late);
        Assert.StartsWith("The witness knows nothing that came after.", await CommandAsync("rewards", "go-on", "--data", same.Data), StringComparison.Ordinal);

        await using WitnessedBox old = await box.RestoredAsync(early);
        Assert.Equal((1, true), Refused(await House.RunAsync(House.Program, "rewards", "go-on", "--data", old.Data), "Say rewards begin-anew."));
        await witness.GoAsync();
        Assert.Equal((1, true), Refused(await House.RunAsync(House.Program, "rewards", "go-on", "--data", old.Data), "--unasked goes on without."));

        // Cut short in the middle, and gone on with.
        string mark = Path.Combine(old.Data, "restored.json");
        await File.WriteAllTextAsync(mark, (await File.ReadAllTextAsync(mark, Token)).Replace("\"putAside\":null", "\"putAside\":\"before-cut\"", StringComparison.Ordinal), Token);
        string aside = Path.Combine(old.Data, "before-cut");
        Directory.CreateDirectory(aside);
        Directory.Move(Path.Combine(old.Data, "log"), Path.Combine(aside, "log"));
        Assert.Equal((1, true), Refused(await House.RunAsync(House.Program, "rewards", "go-on", "--data", old.Data, "--unasked"), "Beginning anew was cut short"));
        Assert.StartsWith("The next start makes new keys and new books.", await CommandAsync("rewards", "begin-anew", "--data", old.Data), StringComparison.Ordinal);

        await old.SetAsync("{}");
        await old.StartAsync();
        JsonElement status = await old.OwnersAsync("/v1/rewards/status");
        Assert.Equal(JsonValueKind.Null, status.GetProperty("refusal").ValueKind);
        Assert.NotEqual(box.Key.Name, (await old.LastAsync()).Origin);
        using var requester = new Requester();
        (await requester.DepositAsync(old.Box, "1000000000000")).EnsureSuccessStatusCode().Dispose();
        await requester.SettleAsync(old.Box, await requester.OrderAsync(old.Box, "240p"));
        await old.StopAsync();

        // The old books are a box's too.
        await using RunningAppliance shown = await RunningAppliance.StartEmptyAsync(aside, ready: null);
        await Until.HoldsAsync(async () => (await shown.Client.GetStringAsync("v1/log/checkpoint", Token)).StartsWith(box.Key.Name, StringComparison.Ordinal));
        string[] asOwner = ["--url", shown.BaseAddress.ToString(), "--token", await RunningAppliance.KeyAsync(aside)];
        Assert.StartsWith("Epoch 1 is closed", await CommandAsync(["rewards", "epoch", "close", .. asOwner]), StringComparison.Ordinal);
        Assert.StartsWith("Everything adds up", await CommandAsync(["rewards", "audit", shown.BaseAddress.ToString(), "--log-key", box.Key.ToString(), .. asOwner]), StringComparison.Ordinal);
    }

    /// <summary>An upload as it lies on the disk.</summary>
    private static async Task UploadAsync(string data, string id, int sure)
    {
        string folder = Directory.CreateDirectory(Path.Combine(data, "uploads", id)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "film"), "a film", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "upload.json"), """{"title":"A film","length":6}""", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "offset"), $"{sure}", Token);
    }

    private static Task<WitnessedBox> MadeAsync() => WitnessedBox.MadeAsync(async made =>
    {
        using var requester = new Requester();
        (await requester.DepositAsync(made, "1000000000000")).Dispose();
        await requester.SettleAsync(made, await requester.OrderAsync(made, "240p"));
    });

    private static async Task<string> BackUpAsync(WitnessedBox box, ScratchFolder scratch, string name, params string[] more)
    {
        string file = Path.Combine(scratch.Path, name);
        Assert.StartsWith($"{file} has ", await CommandAsync(["backup", file, "--data", box.Data, .. more]), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path, "*.part*"));
        return file;
    }

    private static Task<string> CommandAsync(params string[] arguments) => RunAsync(House.Program, arguments);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        (int code, string output) = await House.RunAsync(program, arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private static (int Code, bool Says) Refused((int Code, string Printed) answer, string why) => (answer.Code, answer.Printed.Contains(why, StringComparison.Ordinal));

    /// <summary>Files with their bytes, but for what is not in a backup.</summary>
    private static List<(string Path, string Content)> Listing(string folder, string[] without) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file), Content: file))
            .Where(file => !without.Contains(file.Path.Split('/')[0]) && !file.Path.Contains("/output/", StringComparison.Ordinal)
                && !file.Path.EndsWith("lock", StringComparison.Ordinal) && !file.Path.EndsWith("-shm", StringComparison.Ordinal))
            .Select(file => (file.Path, Convert.ToHexString(File.ReadAllBytes(file.Content))))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];
}
