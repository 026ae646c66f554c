using Appliance.Admission;
using Appliance.Cmcd;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Steering;

/// <summary>How large a part had better be served elsewhere.</summary>
public sealed class StrainTests
{
    private readonly VirtualTime time = new();

    [Fact]
    public void Share_RisesByHalvesNotFasterThanItIsFelt_AndFallsByQuartersOfCalm()
    {
        var strain = new Strain(time);
        Assert.Equal(0, strain.Share);
        strain.Note();
        strain.Note();
        Assert.Equal(0.5, strain.Share);
        time.Advance(TimeSpan.FromSeconds(7.9));
        strain.Note();
        Assert.Equal(0.5, strain.Share);
        time.Advance(TimeSpan.FromSeconds(0.1));
        strain.Note();
        Assert.Equal(1, strain.Share);
        time.Advance(TimeSpan.FromSeconds(8));
        strain.Note();
        Assert.Equal(1, strain.Share);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, strain.Share);
        List<double> falls = [];
        for (int i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromSeconds(i == 0 ? 1 : 30));
            falls.Add(strain.Share);
        }

        Assert.Equal([0.75, 0.5, 0.25, 0], falls);
    }

    /// <summary>Whoever waited longer than what it held tells of strain, also where nothing could be refused: but not who starts, nor who holds nothing and gets it at once.</summary>
    [Theory]
    [InlineData(5_000, false, false, 4_999, 0)]
    [InlineData(5_000, false, false, 5_001, 0.5)]
    [InlineData(0, false, false, 1_999, 0)]
    [InlineData(0, false, false, 2_001, 0.5)]
    [InlineData(null, false, false, 9_999, 0)]
    [InlineData(null, false, false, 10_001, 0.5)]
    [InlineData(0, true, false, 20_000, 0)]
    [InlineData(0, true, true, 2_001, 0.5)]
    public void Waits_LongerThanWhatIsHeld_AreStrain(int? bufferMs, bool isStartup, bool isStarved, int heldMs, double share)
    {
        var strain = new Strain(time);
        var rule = new AdmissionRule(new Capacity(new(new WorkerPoolOptions { Slots = 1 })), new Players(time), new Refusals(time), strain);
        rule.Note(new ClientData { Buffer = bufferMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null, Startup = isStartup, Starved = isStarved }, TimeSpan.FromMilliseconds(heldMs));
        Assert.Equal(share, strain.Share);
    }

    /// <summary>What is late again in between keeps those away who are.</summary>
    [Fact]
    public void Share_WhileStillLate_DoesNotFall()
    {
        var strain = new Strain(time);
        for (int i = 0; i < 20; i++)
        {
            strain.Note();
            time.Advance(TimeSpan.FromSeconds(20));
            Assert.InRange(strain.Share, 0.5, 1);
        }

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, strain.Share);
    }
}
