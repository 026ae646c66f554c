using Rewards.CrashWriter;
using Rewards.Metering;
using Xunit;

namespace Rewards.Tests.Metering;

public sealed class IdempotencyKeyTests
{
    /// <summary>Computed apart from this code: printf and sha256sum over the bytes the class specifies.</summary>
    [Fact]
    public void Of_KnownWork_IsTheSpecifiedDigest() =>
        Assert.Equal("45c35b484a9bf55e2ef6326e957bd4dc10b64d9886b6b24f51a897ae8a005ada", Convert.ToHexStringLower(IdempotencyKey.Of(Segment.Of(7))));

    [Fact]
    public void Of_AnotherArgumentOfTheFunction_IsAnotherKey()
    {
        WorkMeasurement work = Segment.Of(7);
        WorkMeasurement[] others =
        [
            work with { SourceFingerprint = new string('d', 64) },
            work with { RecipeId = new string('d', 64) },
            work with { Index = 8 },
            work with { Engine = "appliance/0.1.1" },
        ];

        Assert.Equal(5, others.Prepend(work).Select(w => Convert.ToHexString(IdempotencyKey.Of(w))).Distinct().Count());
    }

    [Fact]
    public void Of_AnotherCircumstance_IsTheSameKey()
    {
        WorkMeasurement work = Segment.Of(7);
        WorkMeasurement again = work with { Demand = WorkDemand.ReadAhead, CpuMicroseconds = 1, StartedAt = DateTimeOffset.UnixEpoch };

        Assert.Equal(IdempotencyKey.Of(work), IdempotencyKey.Of(again));
    }
}
