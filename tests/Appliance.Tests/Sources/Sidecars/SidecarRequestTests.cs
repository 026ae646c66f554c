using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Appliance.Tests.Jobs;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Sources.Sidecars;

/// <summary>Subtitle files beside a film, over HTTP.</summary>
public sealed partial class SidecarRequestTests
{
    [Fact]
    public async Task File_PutBesideAServedFilm_IsInTheNextPlaylistsAndChangesNothingElse()
    {
        using var folder = new ScratchFolder();
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string source = $"/v1/sources/{box.Library.All.Single().Id}";
        string before = await box.GetTextAsync($"{source}/hls/master.m3u8");
        Assert.Empty(Addresses().Matches(before));

        string path = folder.File("films/A film.fr.forced.srt", "words");
        string after = await box.GetTextAsync($"{source}/hls/master.m3u8");
        string address = Addresses().Matches(after).Single().Value;
        Assert.Contains($"NAME=\"Français (forced)\",LANGUAGE=\"fr\",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI=\"{address}/index.m3u8\"", after, StringComparison.Ordinal);
        Assert.Equal(Lists(before), Lists(after));
        Assert.Contains(address, await box.GetTextAsync($"{source}/dash/manifest.mpd"), StringComparison.Ordinal);
        Assert.Contains("0.vtt", await box.GetTextAsync($"{source}/hls/{address}/index.m3u8"), StringComparison.Ordinal);
        JsonElement subtitle = (await box.GetJsonAsync(source)).GetProperty("subtitles")[0];
        Assert.Equal((JsonValueKind.Null, "subrip", "words", "fr"), (
            subtitle.GetProperty("track").ValueKind, subtitle.GetProperty("codec").GetString(), subtitle.GetProperty("form").GetString(), subtitle.GetProperty("language").GetString()));

        // It is made from the file's bytes, which the recipe names.
        string fingerprint = LocalSource.Open(new OpenFiles(), path, TestContext.Current.CancellationToken).Fingerprint;
        Assert.NotEmpty(await box.GetBytesAsync($"{source}/hls/{address}/0.vtt"));
        var made = (SegmentOrder)box.Work.Started.Last().Order;
        Assert.Equal(new SidecarText(fingerprint, "srt"), ((TextRecipe)made.Recipe).Sidecar);

        // Other words are another rendition, and what no file says any more is gone.
        folder.File("films/A film.fr.forced.srt", "other words");
        string changed = Addresses().Matches(await box.GetTextAsync($"{source}/hls/master.m3u8")).Single().Value;
        Assert.NotEqual(address, changed);
        Assert.Equal(HttpStatusCode.NotFound, (await box.SendAsync(HttpMethod.Get, $"{source}/hls/{address}/0.vtt")).StatusCode);
        File.Delete(path);
        Assert.Equal(before, await box.GetTextAsync($"{source}/hls/master.m3u8"));
    }

    /// <summary>A job that goes on makes what it began to make.</summary>
    [Fact]
    public async Task File_PutBesideAFilmOfAnUnfinishedJob_IsNoPartOfIt()
    {
        using var folder = new ScratchFolder();
        folder.File("films/A film.de.srt", "words");
        string id;
        var first = new ScriptedTranscoder { BeforeChunk = (order, _, token) => order.Index < 9 ? Task.CompletedTask : Task.Delay(-1, token) };
        await using (TestAppliance box = await TestAppliance.StartAsync(first, folder))
        {
            box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
            id = await box.BeginJobAsync(["480p"]);
        }

        folder.File("films/A film.en.srt", "more words");
        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        again.Client.DefaultRequestHeaders.Authorization = new("Bearer", again.Token);
        JsonElement job = await again.UntilJobAsync(id, "done");
        Assert.Equal(3, job.GetProperty("renditions").GetArrayLength());
        Assert.Equal(2, Addresses().Count(await again.GetTextAsync($"/v1/sources/{again.Library.All.Single().Id}/hls/master.m3u8")));
    }

    private static IEnumerable<string> Lists(string master) =>
        master.Split('\n').Where(line => line.EndsWith("/index.m3u8", StringComparison.Ordinal) && !line.StartsWith('#'));

    [GeneratedRegex("text-[0-9a-f]{8}-[0-9a-f]{12}")]
    private static partial Regex Addresses();
}
