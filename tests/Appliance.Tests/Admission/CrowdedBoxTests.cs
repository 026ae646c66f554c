using Appliance.Playback;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Admission;

/// <summary>Several players on a box that is too small for what they ask: the real cache, order and admission, with workers in
/// virtual time.</summary>
public sealed class CrowdedBoxTests : IDisposable
{
    /// <summary>One worker makes 720p half as fast again as it is watched: enough for one viewer of it, or for three of 480p.</summary>
    private const double PixelsPerSecond = 1.5 * 1280 * 720 * 24;

    private readonly ScratchFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly SmallBox _workers;

    public CrowdedBoxTests() => _workers = new SmallBox(_time, slots: 1, PixelsPerSecond);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    public async Task Viewers_WhoHeed_StepDownAndNoneStalls(int count)
    {
        Viewer[] viewers = await WatchAsync(count, heed: true);

        Assert.All(viewers, viewer => Assert.True(viewer.HasStarted));
        Assert.All(viewers, viewer => Assert.Equal(TimeSpan.Zero, viewer.Stalled));
        Assert.All(viewers, viewer => Assert.True(viewer.Rung > 0));
    }

    [Fact]
    public async Task Viewer_Alone_KeepsTheHighestRung()
    {
        Viewer[] viewers = await WatchAsync(1, heed: true);

        Assert.Equal((0, 0, TimeSpan.Zero), (viewers[0].Rung, viewers[0].Refused, viewers[0].Stalled));
    }

    /// <summary>What the test above would see if telling and refusing changed nothing.</summary>
    [Fact]
    public async Task Viewers_WhoDoNotHeed_Stall() =>
        Assert.Contains(await WatchAsync(3, heed: false), viewer => viewer.Stalled > TimeSpan.FromSeconds(5));

    [Fact]
    public async Task Order_IsByWhatPlayersFace_AndFollowsTheirBuffersAsTheyRunOut()
    {
        await using Household box = Open();
        SourceDescription film = Household.Film(segments: 100);
        Recipe recipe = Ladder.For(film).Video[0].Recipe;
        var readers = new List<ArtifactReader>();
        foreach ((int number, Urgency urgency) in new (int, Urgency)[]
        {
            (0, new(WorkPriority.Playing)),
            (1, new(WorkPriority.Background)),
            (2, new(WorkPriority.Playing)),
            (3, new(WorkPriority.Starting)),
            (4, new(WorkPriority.Playing, StallsAfter: TimeSpan.FromSeconds(1))),
            (5, new(WorkPriority.Stalling)),
        })
        {
            readers.Add(box.Cache.Open(Household.Segment(number, film, recipe, 7), urgency));
        }

        // The most urgent of two leaves, and what they waited for is no more urgent than the other.
        readers.Add(box.Cache.Open(Household.Segment(6, film, recipe, 7), new(WorkPriority.Background)));
        box.Cache.Open(Household.Segment(6, film, recipe, 7), new(WorkPriority.Stalling)).Dispose();
        while (_workers.NextEnd is { } end)
        {
            _time.Advance(end - _time.Elapsed);
            await _workers.EndDueAsync();
        }

        Assert.Equal("0543216", string.Concat(_workers.Begun.Select(begun => begun.Film[^1])));
        readers.ForEach(reader => reader.Dispose());
    }

    public void Dispose() => _folder.Dispose();

    private Household Open() => new(_workers, _time, _folder.Path, slots: 1, new CacheLimits { DiskBytes = 64 << 20 });

    private async Task<Viewer[]> WatchAsync(int count, bool heed)
    {
        await using Household box = Open();
        Viewer[] viewers = [.. Enumerable.Range(0, count).Select(number => new Viewer(number, box, _time, heed))];
        while (_time.Elapsed < TimeSpan.FromMinutes(2))
        {
            foreach (Viewer viewer in viewers)
            {
                await viewer.LookAsync();
            }

            TimeSpan next = _time.Elapsed + TimeSpan.FromMilliseconds(100);
            next = _workers.NextEnd is { } end && end < next ? end : next;
            _time.Advance(next - _time.Elapsed);
            foreach (string film in await _workers.EndDueAsync())
            {
                await viewers.Single(viewer => viewer.FilmFingerprint == film).SettleAsync();
            }

            // What follows an answer is done before anything else happens.
            await Until.HoldsAsync(() => box.Cache.Status.Flights <= _workers.Open);
        }

        return viewers;
    }
}
