using Transcode.Engine.Segments;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>The examples that the standards themselves give: RFC 6381 (3.3), ISO/IEC 14496-15 (annex E), AV1 Codec ISO Media
/// File Format Binding (5), and what lies beside them.</summary>
public sealed class CodecStringTests
{
    [Theory]
    [InlineData("avc1.42e01e", "61766343 01 42E01E FFE1")]
    [InlineData("hev1.1.2.L93.B0", "68657631 68766343 01 01 40000000 B00000000000 5D")]
    [InlineData("hev1.A4.41.H63.B0", "68657631 68766343 01 64 82000000 B00000000000 3F")]
    [InlineData("hvc1.2.4.L120", "68766331 68766343 01 02 20000000 000000000000 78")]
    [InlineData("av01.0.04M.10.0.112.09.16.09.0", "61763143 81 04 4E 00 636F6C72 6E636C78 0009 0010 0009 00")]
    [InlineData("av01.0.04M.10", "61763143 81 04 4C 00")]
    [InlineData("av01.2.13H.12.0.000.01.13.00.1", "61763143 81 4D E0 00 636F6C72 6E636C78 0001 000D 0000 80")]
    [InlineData("mp4a.40.2", "6D703461")]
    public void Init_OfAKnownEntry_NamesItAsTheStandardsDo(string codec, string boxes) =>
        Assert.Equal(codec, CodecString.FromInit(Convert.FromHexString(boxes.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("")]
    [InlineData("61763143 81")]
    [InlineData("68766343 01 01 40000000 B000")]
    public void Init_OfNoKnownEntry_IsRefused(string boxes) =>
        Assert.Throws<FormatException>(() => CodecString.FromInit(Convert.FromHexString(boxes.Replace(" ", "", StringComparison.Ordinal))));
}
