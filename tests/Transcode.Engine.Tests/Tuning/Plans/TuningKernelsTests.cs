using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Plans;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Plans;

/// <summary>What a plan's time depends on.</summary>
public sealed class TuningKernelsTests
{
    public static TheoryData<TuningPlan, string> Plans => new()
    {
        { TuningPlan.None, "" },
        { new(8, 0, 0, 0), "t" },
        { new(0, 17, 0, 0), "012" },
        { new(0, 190, 0, 0), "012" },
        { new TuningPlan(0, 0, 0, 0).WithSpatial(0, 17, 0), "1" },
        { new TuningPlan(0, 0, 0, 0).WithSpatial(34, 0, 31), "02" },
        { new(1, 10, 8, 20), "t012ds" },
        { new(255, 300, 64, 100), "t012ds" },
    };

    /// <summary>Not on how strongly: whole times would be learnt anew for each strength, and there are many.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Steps_OfAPlan_AreWhatIsDone(TuningPlan plan, string steps) => Assert.Equal(steps, TuningKernels.StepsOf(plan));
}
