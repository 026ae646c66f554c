using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class QuarantineTests
{
    private static readonly WorkPlace Here = new("aa", "segment 3 video");
    private static readonly WorkPlace There = new("aa", "segment 4 video");

    private readonly Clock clock = new();

    [Theory]
    [InlineData(nameof(WorkerEnd.Fault), nameof(WorkerEnd.Fault))]
    [InlineData(nameof(WorkerEnd.Hung), nameof(WorkerEnd.Fault))]
    [InlineData(nameof(WorkerEnd.Hung), nameof(WorkerEnd.Hung))]
    public void Place_TwoFaults_IsShutForAnHour(string first, string second)
    {
        var quarantine = new Quarantine(8, clock);
        Assert.Null(quarantine.RecordDeath(Here, Lost(Enum.Parse<WorkerEnd>(first))));
        Assert.Null(quarantine.RefusalFor(Here));
        Assert.NotNull(quarantine.RecordDeath(Here, Lost(Enum.Parse<WorkerEnd>(second))));

        Assert.Equal(FailureCause.Quarantined, quarantine.RefusalFor(Here)!.Failure.Cause);
        Assert.Null(quarantine.RefusalFor(There));
        clock.Now += Quarantine.FaultMemory - TimeSpan.FromTicks(1);
        Assert.NotNull(quarantine.RefusalFor(Here));
        clock.Now += TimeSpan.FromTicks(1);
        Assert.Empty(quarantine.Status());
        Assert.Null(quarantine.RefusalFor(Here));
    }

    [Fact]
    public void Place_EightSignalsFromOutside_IsShutForAMinute()
    {
        var quarantine = new Quarantine(8, clock);
        for (int i = 1; i < Quarantine.FatalSignals; i++)
        {
            Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Outside)));
        }

        Assert.NotNull(quarantine.RecordDeath(Here, Lost(WorkerEnd.Outside)));
        Assert.Equal(FailureCause.WorkerDied, quarantine.RefusalFor(Here)!.Failure.Cause);
        clock.Now += Quarantine.SignalMemory;
        Assert.Null(quarantine.RefusalFor(Here));
        Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Outside)));
    }

    [Fact]
    public void Place_OneFaultAmongSignals_StaysOpen()
    {
        var quarantine = new Quarantine(8, clock);
        Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Outside)));
        Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Fault)));
        Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Outside)));
        Assert.Null(quarantine.RefusalFor(Here));
    }

    [Fact]
    public void Place_Answered_StartsAnew()
    {
        var quarantine = new Quarantine(8, clock);
        quarantine.RecordDeath(Here, Lost(WorkerEnd.Fault));
        quarantine.RecordAnswer(Here);
        Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Fault)));
    }

    [Fact]
    public void Place_MoreThanFit_TheOldestIsForgotten()
    {
        var quarantine = new Quarantine(1, clock);
        quarantine.RecordDeath(Here, Lost(WorkerEnd.Fault));
        quarantine.RecordDeath(There, Lost(WorkerEnd.Fault));
        Assert.Null(quarantine.RecordDeath(Here, Lost(WorkerEnd.Fault)));
    }

    private static WorkerLostException Lost(WorkerEnd end) => new(end, "it ended");

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
