using Appliance.Admission;
using Appliance.Tests.Hosting;

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
