using System.Security.Cryptography;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Verification;
using Xunit;

namespace Transcode.Engine.Tests.Verification;

/// <summary>Whatever a rendition's bytes are, there is a verdict.</summary>
public sealed class HostileRenditionTests
{
    [Fact]
    public async Task Bytes_CutOffAnywhere_AreRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        VideoRecipe made = recipe with { Preset = "faster" };
        byte[] media = inspection.Desk.Segment(made, Inspection.Index), init = inspection.Desk.Init(made);
        foreach (int length in Enumerable.Range(0, 12).Select(i => media.Length * i / 12))
        {
            AssertRejected(inspection.Verify(recipe, media[..length], init));
        }
    }

    [Fact]
    public async Task Bytes_WithoutSense_AreRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        byte[] init = inspection.Desk.Init(recipe);
        AssertRejected(inspection.Verify(recipe, RandomNumberGenerator.GetBytes(20_000)));
        AssertRejected(inspection.Verify(recipe, RandomNumberGenerator.GetBytes(20_000), RandomNumberGenerator.GetBytes(800)));
        AssertRejected(inspection.Verify(recipe, [], []));
        AssertRejected(inspection.Verify(recipe, init));
        AssertRejected(inspection.Verify(recipe, [], new byte[100_000]));
    }

    /// <summary>Turned bits may leave pictures that are good enough; they never end in anything but a verdict.</summary>
    [Fact]
    public async Task Bytes_WithTurnedBits_HaveAVerdict()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        VideoRecipe made = recipe with { Preset = "faster" };
        byte[] media = inspection.Desk.Segment(made, Inspection.Index), init = inspection.Desk.Init(made);
        var random = new Random(11);
        for (int round = 0; round < 12; round++)
        {
            byte[] one = [.. media], other = [.. init];
            one[random.Next(one.Length)] ^= (byte)(1 << random.Next(8));
            other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotEqual(VerdictKind.CannotTell, inspection.Verify(recipe, one, init).Kind);
            Assert.NotEqual(VerdictKind.CannotTell, inspection.Verify(recipe, media, other).Kind);
        }
    }

    [Fact]
    public async Task Track_ThatDoesNotBelongThere_IsRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        byte[] both = await FFmpeg.MakeAsync(
            "-f lavfi -i testsrc2=s=320x180:r=12:d=2 -f lavfi -i sine=d=2 -c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +frag_keyframe+empty_moov+default_base_moof", "mp4");
        int moof = both.AsSpan().IndexOf("moof"u8) - 4;
        Verdict verdict = inspection.Verify(inspection.Desk.Video, both[moof..], both[..moof]);
        Assert.Equal((VerdictKind.Rejected, VerificationCheck.Container), (verdict.Kind, verdict.Check));
    }

    private static void AssertRejected(Verdict verdict) => Assert.True(verdict.Kind == VerdictKind.Rejected, $"{verdict.Kind}: {verdict.Reason}");
}
