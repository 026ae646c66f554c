using System.Globalization;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>The box's own page plays, seeks and switches. Where it fell behind and all else held, that is told and no fault: how fast a
/// machine makes pictures, beside a browser that shows them, is for the benchmarks.</summary>
[Collection(nameof(WholeBox))]
public sealed class RealTimeTests
{
    /// <summary>How the player's errors begin that mean a segment or a playlist was not as it should be. A stall is none of
    /// them: on a machine that has other things to do it says nothing of the media. Nor is bufferAppendNoProgress: what was loaded
    /// twice, as after a switch of rungs, adds nothing.</summary>
    private static readonly string[] FailedMedia =
        ["fragLoad", "fragParsing", "fragGap", "manifest", "level", "audioTrack", "bufferAppendError", "bufferAppendingError"];

    [Fact]
    public async Task Browser_MadeFilm_PlaysSeeksAndSwitches()
    {
        using var folder = new ScratchFolder();
        await PlaysAsync(await MadeFilm.DenseAsync(folder.Path, 120));
    }

    /// <summary>Of natural pictures, in more rungs: in the long form.</summary>
    [Fact(Explicit = true)]
    public async Task Browser_SharedClip_PlaysSeeksAndSwitches() => await PlaysAsync(House.Clip("natural/bbb_720p24_aac5.1_30s.ts"));

    private async Task PlaysAsync(string path)
    {
        using var data = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(path, data.Path);
        (int code, string printed) = await House.RunAsync("node", Scripts.OfBrowser("play.mjs"), box.BaseAddress.ToString());
        JsonElement result = JsonDocument.Parse(printed).RootElement;
        string[] reasons = [.. result.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
        Assert.SkipWhen(
            reasons is [var only] && only.StartsWith("Time did not advance in real time", StringComparison.Ordinal),
            $"The page fell behind here (load {Load():F0} on {Environment.ProcessorCount} cores), and all else held. {string.Join(' ', reasons)}");
        Assert.True(code == 0, printed);
        Assert.Equal(0, result.GetProperty("fatalErrors").GetInt32());
        Assert.DoesNotContain(
            result.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!),
            error => FailedMedia.Any(kind => error.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Equal(4, result.GetProperty("seeks").GetArrayLength());
        Assert.Equal(4, result.GetProperty("rungs").GetArrayLength());
    }

    /// <summary>Threads that ran or wanted to, on average over the last minute.</summary>
    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
