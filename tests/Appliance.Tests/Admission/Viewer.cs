using Appliance.Admission;
using Appliance.Cmcd;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Admission;

/// <summary>A player in virtual time: it fills a buffer, one segment after the other, says what it holds, and changes its rung
/// as the box says.</summary>
/// <param name="number">Which film it watches, so that no two share work.</param>
/// <param name="box">Where it asks.</param>
/// <param name="time">What it lives in.</param>
/// <param name="heeds">Whether it steps down when it is told or refused. One that does not asks again for the same.</param>
internal sealed class Viewer(int number, Household box, VirtualTime time, bool heeds)
{
    private const double TargetSeconds = 12;
    private static readonly SourceDescription Film = Household.Film(segments: 1000);
    private static readonly Ladder Ladder = Ladder.For(Film);

    private readonly Rendition[] _rungs = [.. Ladder.Video.OrderByDescending(rung => rung.PeakBitsPerSecond)];
    private Task? _asking;
    private TimeSpan _lastLook;
    private TimeSpan _retryAt;
    private int _index;
    private int _next;

    /// <summary>0 is the highest.</summary>
    public int Rung { get; private set; }

    public double BufferSeconds { get; private set; }

    public bool HasStarted { get; private set; }

    /// <summary>Since the first picture.</summary>
    public TimeSpan Stalled { get; private set; }

    public int Refused { get; private set; }

    public string FilmFingerprint { get; } = $"{number:x64}";

    private Recipe Recipe => _rungs[Rung].Recipe;

    /// <summary>Plays what it holds up to now, takes what came, and asks for the next.</summary>
    public async Task LookAsync()
    {
        double passed = (time.Elapsed - _lastLook).TotalSeconds;
        _lastLook = time.Elapsed;
        if (HasStarted)
        {
            Stalled += TimeSpan.FromSeconds(Math.Max(0, passed - BufferSeconds));
            BufferSeconds = Math.Max(0, BufferSeconds - passed);
        }

        if (_asking is { IsCompleted: true })
        {
            await _asking;
            _asking = null;
            _index++;
            Rung = _next;
            BufferSeconds += 2;
            HasStarted = true;
        }

        while (_asking is null && BufferSeconds < TargetSeconds && time.Elapsed >= _retryAt)
        {
            Ask();
        }
    }

    /// <summary>Waits until what was made for it has reached it.</summary>
    public Task SettleAsync() => _asking ?? Task.CompletedTask;

    private void Ask()
    {
        var client = new ClientData
        {
            Buffer = TimeSpan.FromSeconds(BufferSeconds),
            Startup = !HasStarted,
            Session = $"viewer {number}",
        };
        ServerData said = box.Admission.Advise(Ladder, (VideoRecipe)Recipe);
        Artifact artifact = Household.Segment(number, Film, Recipe, _index);
        WorkPriority priority = client.PriorityAfter(TimeSpan.Zero);
        try
        {
            if (box.Cache.BacklogBefore(artifact, priority) is { } ahead)
            {
                box.Admission.Admit(Ladder, (SegmentOrder)artifact.Order, client, client.Session, ahead);
                box.Players.Note(client.Session);
            }
        }
        catch (RequestRefusedException refused)
        {
            Refused++;
            Rung += heeds ? 1 : 0;
            _retryAt = heeds ? time.Elapsed : time.Elapsed + TimeSpan.FromSeconds(refused.RetryAfterSeconds!.Value);
            return;
        }

        _asking = ReadAsync(box.Cache.Open(artifact, new(priority, client.StallsAfter)));

        // What the answer says is for the segment after it.
        _next = Rung;
        if (heeds && said.MaxBitrateKbps is { } most)
        {
            int held = Array.FindIndex(_rungs, rung => rung.PeakBitsPerSecond <= most * 1000L);
            _next = held < 0 ? _rungs.Length - 1 : held;
        }
    }

    private async Task ReadAsync(ArtifactReader reader)
    {
        using (reader)
        {
            await reader.CompleteAsync(TestContext.Current.CancellationToken);
        }
    }
}
