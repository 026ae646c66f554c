using Appliance.Admission;
using Appliance.Cmcd;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Admission;

/// <summary>A start that is cut off and asked for anew is as urgent as a picture that stands still.</summary>
public sealed class StartsTests
{
    private static readonly ClientData Start = new() { Startup = true, ObjectType = "v" };

    private readonly VirtualTime _time = new();
    private readonly Starts _starts;

    public StartsTests() => _starts = new Starts(_time);

    /// <summary>shaka-player, which asks twice, ten seconds apart, and gives up.</summary>
    [Fact]
    public void Start_AskedForAnewAfterTenSeconds_IsAsUrgentAsAStall()
    {
        Assert.Equal(WorkPriority.Starting, PriorityOf("one", Start));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(WorkPriority.Stalling, PriorityOf("one", Start));
    }

    /// <summary>A player that was refused a rung asks for a lower one within seconds.</summary>
    [Fact]
    public void Start_AskedForAnewAtOnce_IsAStartUntilItHasWaited()
    {
        PriorityOf("one", Start);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(WorkPriority.Starting, PriorityOf("one", Start));
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(WorkPriority.Stalling, PriorityOf("one", Start));
    }

    [Fact]
    public void Start_OfAnotherPlayerOrOfItsSound_IsItsOwn()
    {
        PriorityOf("one", Start);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(WorkPriority.Starting, PriorityOf("other", Start));
        Assert.Equal(WorkPriority.Starting, PriorityOf("one", Start with { ObjectType = "a" }));
        Assert.Equal(WorkPriority.Playing, PriorityOf("one", Start with { Startup = false }));
    }

    [Fact]
    public void Start_ThatCameOrWasGivenUp_IsForgotten()
    {
        PriorityOf("one", Start);
        PriorityOf("other", Start);
        _time.Advance(TimeSpan.FromSeconds(10));
        _starts.End("one", Start);
        Assert.Equal(WorkPriority.Starting, PriorityOf("one", Start));

        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(WorkPriority.Starting, PriorityOf("other", Start));
    }

    /// <summary>Nobody can fill the memory by asking under ever new names.</summary>
    [Fact]
    public void Starts_MoreThanAreRemembered_AreNotAdded()
    {
        foreach (int player in Enumerable.Range(0, 300))
        {
            PriorityOf($"{player}", Start);
        }

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(256, Enumerable.Range(0, 300).Count(player => PriorityOf($"{player}", Start) == WorkPriority.Stalling));
    }

    private WorkPriority PriorityOf(string player, ClientData client) => _starts.Note(player, client).PriorityAfter(TimeSpan.Zero);
}
