using System.Globalization;
using Appliance.Playback;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Playback;

public sealed class KnownKeysTests
{
    /// <summary>More keys than are remembered, twice over, so that they stand in one another's places.</summary>
    [Fact]
    public void Of_FromManyThreads_IsWhatTheConstructorMakes()
    {
        EngineIdentity[] engines = [new("1", "2", "3"), new("1", "2", "4")];
        Parallel.For(0, 24_000, i =>
        {
            string fingerprint = $"{i / 3000 % 2:x64}";
            string part = (i % 3000).ToString(CultureInfo.InvariantCulture);
            EngineIdentity engine = engines[i / 6000 % 2];

            Assert.Equal(new ArtifactKey(fingerprint, "recipe", part, engine), KnownKeys.Of(fingerprint, "recipe", part, engine));
        });
    }
}
