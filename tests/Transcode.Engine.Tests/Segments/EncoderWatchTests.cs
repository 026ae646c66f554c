using System.Buffers.Binary;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Workers;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>What an encoder of a device may not do, each thing once.</summary>
public sealed class EncoderWatchTests
{
    private static readonly byte[] Sequence = [0x67, 0x64, 0x00, 0x1F, 0xAC];
    private static readonly byte[] Picture = [0x68, 0xEE, 0x3C];
    private static readonly byte[] Refresh = [0x65, 1, 2, 3];
    private static readonly byte[] Slice = [0x41, 4, 5];
    private static readonly byte[] Header = [0, 0, 0, 1, .. Sequence, 0, 0, 1, .. Picture];

    private static readonly VideoRecipe Recipe = new DeviceEncoder("h264_vaapi", "00", null).Making((VideoRecipe)RawVideo.Segment(0).Recipe, Convert.ToBase64String(Header));

    [Fact]
    public void Watch_OfSoftwareAndOfTheSpare_IsNone()
    {
        Assert.Null(EncoderWatch.For(Recipe.InSoftware(), Header));
        Assert.Null(EncoderWatch.For(Recipe.OfSpare(70), Header));
        Assert.NotNull(EncoderWatch.For(Recipe, Header));
    }

    [Fact]
    public void Header_OtherThanWasTold_IsRefused()
    {
        byte[] other = [.. Header];
        other[7]++;
        Says("not those that players were told", () => EncoderWatch.For(Recipe, other));
        Says("not those that players were told", () => EncoderWatch.For(Recipe, []));
    }

    [Fact]
    public void Pictures_InTheirTurn_AreHandedOnWithoutTheSetsInside()
    {
        EncoderWatch watch = EncoderWatch.For(Recipe, Header)!;

        Assert.Equal(Sample(Refresh), watch.Look(Sample(Sequence, Picture, Refresh), isKey: true, 0));
        Assert.Equal(Sample([9, 0x10], Slice), watch.Look(Sample([9, 0x10], Slice), isKey: false, 1));
        Assert.Equal(Sample(Refresh), watch.Look(Sample(Refresh), isKey: true, 2));
    }

    [Fact]
    public void Pictures_ThatArePromisedOtherwise_AreRefused()
    {
        byte[] changed = [.. Sequence[..^1], 0xAD];
        Says("Picture 2 came in the turn of picture 1", () => Begun().Look(Sample(Slice), isKey: false, 2));
        Says("came in the turn of picture 1", () => Begun().Look(Sample(Slice), isKey: false, null));
        Says("changed its parameter sets", () => Begun().Look(Sample(changed, Refresh), isKey: true, 1));
        Says("Picture 1 is no IDR", () => Begun().Look(Sample(Slice), isKey: true, 1));
        Says("Picture 1 is an IDR", () => Begun().Look(Sample(Refresh), isKey: false, 1));
        Says("Picture 0 is no IDR", () => EncoderWatch.For(Recipe, Header)!.Look(Sample(Slice), isKey: false, 0));
        Says("Picture 1 is no IDR", () => Begun().Look(Sample([9, 0x10]), isKey: false, 1));
        Assert.Throws<FormatException>(() => Begun().Look([0, 0, 0, 9, 1], isKey: false, 1));
    }

    [Fact]
    public void Chunks_BeyondTheBufferModel_AreRefusedBeforeTheyGoOut()
    {
        EncoderWatch watch = EncoderWatch.For(Recipe, Header)!;
        int most = (int)(Promise.VideoSegmentBits(Recipe, 3) / 8);

        watch.Admit(most, 3);
        Says("6 pictures take", () => watch.Admit((int)(Promise.VideoSegmentBits(Recipe, 6) / 8) - most + 1, 6));
    }

    private static EncoderWatch Begun()
    {
        EncoderWatch watch = EncoderWatch.For(Recipe, Header)!;
        watch.Look(Sample(Refresh), isKey: true, 0);
        return watch;
    }

    private static byte[] Sample(params byte[][] units) => [.. units.SelectMany(unit =>
    {
        byte[] prefixed = new byte[4 + unit.Length];
        BinaryPrimitives.WriteInt32BigEndian(prefixed, unit.Length);
        unit.CopyTo(prefixed, 4);
        return prefixed;
    })];

    private static void Says(string words, Action act)
    {
        var exception = Assert.Throws<TranscodeException>(act);
        Assert.Equal((FailureStage.Encode, FailureCause.Internal), (exception.Failure.Stage, exception.Failure.Cause));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }
}
