using System.Net;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>The whole box in a control group of 512 MB, which the kernel enforces.</summary>
[Collection(nameof(WholeBox))]
public sealed class SmallMemoryTests
{
    private const long LimitBytes = 512L << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Group512MB_Plays720pAndRefuses4KToneMappingWithTheReason_AndNothingIsKilled()
    {
        using var group = MemoryGroup.Make(LimitBytes);
        using var folder = new ScratchFolder();
        string hd = await MakeAsync(folder, "hd.mp4", "1920x1080", "libx264", "yuv420p", "-preset", "ultrafast", "-g", "24");
        string uhd = await MakeAsync(
            folder, "uhd.mp4", "3840x2160", "libx265", "yuv420p10le",
            "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=24:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
            "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc");

        await using (RunningAppliance box = await RunningAppliance.StartAsync(hd, Path.Combine(folder.Path, "data"), group.Entering))
        {
            JsonElement budgets = await box.JsonAsync("v1/budgets");
            Assert.Equal(LimitBytes, budgets.GetProperty("memoryBytes").GetInt64());
            Assert.Contains(budgets.GetProperty("reasons").EnumerateArray(), reason => reason.GetString()!.Contains("control group", StringComparison.Ordinal));

            string rung = await RungAsync(box, "720p");
            for (int index = 0; index < 2; index++)
            {
                Assert.NotEmpty(await box.GetAsync($"{rung}/{index}.m4s"));
            }
        }

        await using (RunningAppliance box = await RunningAppliance.StartAsync(uhd, Path.Combine(folder.Path, "more data"), group.Entering))
        {
            foreach (string path in (string[])[$"{await RungAsync(box, "720p")}/0.m4s", await MasterAsync(box)])
            {
                using HttpResponseMessage answer = await box.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
                string said = await answer.Content.ReadAsStringAsync(Token);

                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
                Assert.Contains("3840x2160", said, StringComparison.Ordinal);
                Assert.Contains("tone-mapped", said, StringComparison.Ordinal);
                Assert.Contains("this box has 320 MiB", said, StringComparison.Ordinal);
            }
        }

        Assert.InRange(group.MostBytes, 1, LimitBytes);
        Assert.Equal(0, group.Kills);
    }

    private static async Task<string> RungAsync(RunningAppliance box, string name) =>
        (await DetailAsync(box)).GetProperty("renditions").EnumerateArray().Single(rung => rung.GetProperty("name").GetString() == name)
            .GetProperty("playlist").GetString()!.Replace("/index.m3u8", "", StringComparison.Ordinal);

    private static async Task<string> MasterAsync(RunningAppliance box) => (await DetailAsync(box)).GetProperty("master").GetString()!;

    private static async Task<JsonElement> DetailAsync(RunningAppliance box) =>
        await box.JsonAsync($"v1/sources/{(await box.JsonAsync("v1/sources")).GetProperty("sources")[0].GetProperty("id").GetString()}");

    private static async Task<string> MakeAsync(ScratchFolder folder, string name, string size, string encoder, string format, params string[] further)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the films, is not on this machine.");
        string path = Path.Combine(folder.Path, name);
        (int code, string printed) = await House.RunAsync(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=24:duration=4", "-f", "lavfi", "-i", "sine=duration=4",
                "-pix_fmt", format, "-c:v", encoder, .. further, "-c:a", "aac", path,
            ]);
        Assert.True(code == 0, printed);
        return path;
    }
}
