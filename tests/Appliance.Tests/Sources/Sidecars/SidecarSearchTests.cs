using Appliance.Sources;
using Appliance.Sources.Sidecars;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Sources.Sidecars;

/// <summary>Which files lie beside a film.</summary>
public sealed class SidecarSearchTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly OpenFiles files = new();
    private readonly SidecarSearch search;

    public SidecarSearchTests() => search = new(files, TimeProvider.System);

    public void Dispose()
    {
        files.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Files_OfAFilm_AreThoseThatBeginWithItsName()
    {
        Put("Film.mkv", "Film.srt", "film.DE.forced.VTT", "Film.eng.ass", "Film.ssa", "Film.txt", "Film 2.srt", "Films.en.srt", "Other.en.srt", ".Film.fr.srt");

        Assert.Equal(
            [("ass", "eng", TrackRoles.None), ("srt", null, TrackRoles.None), ("ass", null, TrackRoles.None), ("webvtt", "DE", TrackRoles.Forced)],
            Look("Film.mkv", []).Select(one => (one.Track.Format, one.Track.Language, one.Track.Roles)));
    }

    /// <summary>"Part.2.en.srt" is the second film's, not the first one's in a language "2".</summary>
    [Fact]
    public void Files_OfFilmsThatBeginAlike_BelongToTheLongestName()
    {
        Put("Part.mkv", "Part.2.mkv", "Part.en.srt", "Part.2.en.srt", "Part.3.en.srt");

        Assert.Equal(["Part.3.en.srt", "Part.en.srt"], Names(Look("Part.mkv", [])));
        Assert.Equal(["Part.2.en.srt"], Names(Look("Part.2.mkv", [])));
    }

    [Fact]
    public void Files_LinksFoldersPipesAndTooLargeOnes_AreNotTaken()
    {
        Put("Film.mkv");
        string secret = folder.File("elsewhere/secret");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "Film.link.srt"), secret);
        Directory.CreateDirectory(Path.Combine(folder.Path, "Film.folder.srt"));
        folder.File("Film.empty.srt", "");
        folder.File("Film.large.srt", new string('x', SidecarText.MaxBytes + 1));
        folder.File("Film.full.srt", new string('x', SidecarText.MaxBytes));

        Assert.Equal(["Film.full.srt"], Names(Look("Film.mkv", [])));
    }

    [Fact]
    public void Files_OfEqualBytes_AreOne()
    {
        folder.File("Film.mkv");
        folder.File("Film.en.srt", "the same");
        folder.File("Film.srt", "the same");

        Assert.Equal("en", Assert.Single(Look("Film.mkv", [])).Track.Language);
    }

    [Fact]
    public void Files_ThatCameChangedOrWent_AreSeenAtTheNextLook()
    {
        Put("Film.mkv", "Film.en.srt");
        IReadOnlyList<Sidecar> first = Look("Film.mkv", []);
        Put("Film.de.srt");
        IReadOnlyList<Sidecar> second = Look("Film.mkv", first);
        Assert.Equal(["Film.de.srt", "Film.en.srt"], Names(second));
        Assert.Same(first[0], second[1]);

        folder.File("Film.en.srt", "other words");
        IReadOnlyList<Sidecar> third = Look("Film.mkv", second);
        Assert.Same(second[0], third[0]);
        Assert.NotEqual(second[1].Bytes.Fingerprint, third[1].Bytes.Fingerprint);

        File.Delete(Path.Combine(folder.Path, "Film.de.srt"));
        Assert.Equal(["Film.en.srt"], Names(Look("Film.mkv", third)));
    }

    /// <summary>Each with bytes of its own.</summary>
    private void Put(params string[] names) => Array.ForEach(names, name => folder.File(name, $"bytes of {name}"));

    private IReadOnlyList<Sidecar> Look(string film, IReadOnlyList<Sidecar> known) => search.Look(Path.Combine(folder.Path, film), known);

    private static IEnumerable<string> Names(IEnumerable<Sidecar> found) => found.Select(one => Path.GetFileName(one.Bytes.Path));
}
