using Appliance.Samples;
using Appliance.Samples.Sounds;
using Xunit;

namespace Appliance.Tests.Samples;

public sealed class SoundtrackTests
{
    [Fact]
    public void Compose_WholeFilm_IsAsLongAsThePicturesAndNeverClips()
    {
        var timing = new SampleTiming(new SampleOptions());

        Stereo sound = Soundtrack.Compose(timing);

        Assert.Equal(40 * 48_000, sound.Length);
        Assert.InRange(sound.Left.Concat(sound.Right).Max(Math.Abs), 0.1f, 0.9f);
    }

    [Fact]
    public void Compose_CardOnly_PipsWhileTheSquareFlashesAndIsSilentElsewhere()
    {
        var timing = new SampleTiming(new SampleOptions { Seconds = 3, IsCardOnly = true });

        Stereo sound = Soundtrack.Compose(timing);

        for (int frame = 0; frame < timing.FrameCount; frame++)
        {
            int start = (int)timing.SampleAt(frame);
            int length = (int)timing.SampleAt(frame + 1) - start;
            Assert.Equal(timing.IsFlash(frame), sound.Left.AsSpan(start, length).ContainsAnyExcept(0f));
        }
    }
}
