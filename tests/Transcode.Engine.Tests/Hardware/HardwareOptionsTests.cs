using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments.Codecs;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

/// <summary>No hardware encoder opens here, but each says which options it knows, and which values of them.</summary>
public sealed class HardwareOptionsTests
{
    private const int SearchChildren = 1;

    [Fact]
    public void Options_OfEveryCompiledEncoder_AreTakenByIt()
    {
        CodingPath[] paths = [.. PathCatalog.All([]).Where(path => path is { Direction: PathDirection.Encode, IsHardware: true })];

        Assert.NotEmpty(paths);
        Assert.Empty(paths.SelectMany(Refused));
    }

    private static IEnumerable<string> Refused(CodingPath path)
    {
        var source = TestSource.Of(path.Format, path.Codec, new(640, 360, path.BitDepth));
        nint context = AvCodec.avcodec_alloc_context3(AvCodec.avcodec_find_encoder_by_name(path.Codec));
        try
        {
            return [.. VideoCodec.Of(source.Recipe).Options(source.Recipe, TestPictures.Count)
                .Where(option => AvUtil.av_opt_set(context, option.Key, option.Value, SearchChildren) < 0)
                .Select(option => $"{path.Codec} {option.Key}={option.Value}")];
        }
        finally
        {
            AvCodec.avcodec_free_context(ref context);
        }
    }
}
