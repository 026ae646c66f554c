using System.Diagnostics;
using System.Globalization;
using Appliance.Playback;
using Appliance.Tests.Acceptance;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Endurance;

/// <summary>Days of a household in virtual time: four people play, seek, change their minds and meet bad files, and at night a
/// whole film is made in bulk, all under a small quota. The cache, its disk and the ledger are real; the workers are
/// scripted. What the whole process holds is counted, so nothing runs beside it. <c>tests/endurance/household HOURS</c> runs a long form.</summary>
[Collection(nameof(WholeBox))]
public sealed class HouseholdTests(ITestOutputHelper output)
{
    private const int People = 4;
    private const int Films = 12;
    private const int BadFilm = 7;
    private const int FilmSegments = 2700;
    private const int CheckEvery = 150;

    /// <summary>Virtual time passes faster than a disk can sync: what still lands is waited for beyond this.</summary>
    private const int MostLanding = 32;

    private const long QuotaBytes = 1 << 20;
    private static readonly SourceDescription Film = Household.Film(FilmSegments);
    private static readonly Ladder Ladder = Ladder.For(Film);

    private readonly Random _random = new(72);
    private long _asked;
    private long _bad;
    private long _abandoned;

    [Fact]
    public async Task Days_UnderASmallQuota_StayLevel()
    {
        double hours = double.Parse(Environment.GetEnvironmentVariable("HOUSEHOLD_HOURS") ?? "0.5", CultureInfo.InvariantCulture);
        using var folder = new ScratchFolder();
        var time = new VirtualTime();
        var work = new ScriptedTranscoder { KeepsNoJournal = true, BadSources = { $"{BadFilm:x64}" } };
        await using var box = new Household(
            work, time, folder.Path, slots: 2, new CacheLimits { DiskBytes = QuotaBytes, Entries = 500 });
        Person[] people = [.. Enumerable.Range(0, People).Select(_ => new Person())];
        (long Heap, int Handles)? settled = null;
        for (int step = 0; time.Elapsed < TimeSpan.FromHours(hours); step++)
        {
            foreach (Person person in people)
            {
                await LiveAsync(person, box);
            }

            if (step % 600 is >= 400 and < 420)
            {
                await BatchAsync(step, box);
            }

            if (box.Cache.Status.Flights > MostLanding)
            {
                await RestAsync(box);
            }

            time.Advance(TimeSpan.FromSeconds(2));
            if (step % CheckEvery == CheckEvery - 1)
            {
                await RestAsync(box);
                Check(folder, box);
                settled = time.Elapsed.TotalHours * 3 >= hours ? settled ?? Used(box) : null;
            }
        }

        await RestAsync(box);
        (long heap, int handles) = Used(box);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{hours} h: {_asked} segments asked for, {_abandoned} given up, {_bad} of a bad file, {work.Made} made; heap {settled!.Value.Heap >> 10} KiB at a third, {heap >> 10} KiB at the end; handles {settled.Value.Handles} and {handles}; cache {box.Store.Status.Entries} files, {box.Store.Status.UsedBytes >> 10} of {QuotaBytes >> 10} KiB"));
        Assert.InRange(heap, 0, settled.Value.Heap + (4 << 20));
        Assert.InRange(handles, 0, settled.Value.Handles + 8);
        Assert.True(_bad > 0 && _abandoned > 0);
        Assert.InRange(work.Made, 1, _asked * 4);
    }

    private async Task LiveAsync(Person person, Household box)
    {
        if (person.Left-- <= 0)
        {
            // Another evening, another film; some are liked better than others.
            person.Film = Math.Min(_random.Next(Films), _random.Next(Films));
            person.Index = _random.Next(FilmSegments);
            person.Left = _random.Next(10, 900);
            person.Rung = Ladder.Video[_random.Next(Ladder.Video.Count)].Recipe;
        }

        int chance = _random.Next(200);
        if (chance < 3)
        {
            person.Index = _random.Next(FilmSegments);
        }

        Artifact artifact = Household.Segment(person.Film, Film, person.Rung!, person.Index % FilmSegments);
        _asked++;
        using ArtifactReader reader = box.Cache.Open(artifact, Urgency.Playing);
        if (chance is >= 3 and < 6)
        {
            _abandoned++;
            return;
        }

        try
        {
            var read = new List<byte>();
            await foreach (ReadOnlyMemory<byte> piece in reader.ReadAsync(0, long.MaxValue, TestContext.Current.CancellationToken))
            {
                read.AddRange(piece.Span);
            }

            Assert.Equal(ScriptedTranscoder.Whole((SegmentOrder)artifact.Order), read);
        }
        catch (TranscodeException)
        {
            Assert.Equal(BadFilm, person.Film);
            _bad++;
            person.Left = 0;
            return;
        }

        person.Index++;
        box.ReadAhead.Schedule([Household.Segment(person.Film, Film, person.Rung!, person.Index % FilmSegments)]);
    }

    private static async Task BatchAsync(int step, Household box)
    {
        foreach (Rendition rung in Ladder.Video)
        {
            using ArtifactReader reader = box.Cache.Open(
                Household.Segment(step % BadFilm, Film, rung.Recipe, step % FilmSegments), new(WorkPriority.Background));
            await reader.CompleteAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Task RestAsync(Household box) => Until.HoldsAsync(() => box.Cache.Status.Flights == 0);

    private static void Check(ScratchFolder folder, Household box)
    {
        FileInfo[] files = new DirectoryInfo(Path.Combine(folder.Path, "cache")).GetFiles("*", SearchOption.AllDirectories);
        Assert.Equal(box.Store.Status.Entries, files.Length);
        Assert.InRange(files.Length, 1, 500);
        Assert.InRange(files.Sum(file => (file.Length + 4095) / 4096 * 4096), 1, QuotaBytes);
        Assert.Null(box.Store.Status.Failure);
        Assert.Equal(0, box.Cache.Status.MemoryBytes);
    }

    private static (long Heap, int Handles) Used(Household box)
    {
        box.CloseKept();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), self.HandleCount);
    }

    private sealed class Person
    {
        public int Film { get; set; }

        public int Index { get; set; }

        public int Left { get; set; }

        public Recipe? Rung { get; set; }
    }
}
