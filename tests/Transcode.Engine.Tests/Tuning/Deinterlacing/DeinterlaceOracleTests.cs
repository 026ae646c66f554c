using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Deinterlacing;

/// <summary>Beside the filter it is: libavfilter's bwdif, by the ffmpeg program, to the byte.</summary>
public sealed class DeinterlaceOracleTests
{
    private static readonly string[] Formats = ["yuv420p", "yuv420p10le", "yuv422p", "yuv444p10le", "yuv411p", "yuv422p12le"];

    private static readonly bool[] Either = [false, true];

    private static readonly int[] Lengths = [1, 2, 4];

    /// <summary>The first format in every size and length; the others in an even and an odd one, and in the long form in all.</summary>
    public static TheoryData<string, int, int, bool, int> Films => new(
        from format in Formats
        from size in new[] { (48, 40), (37, 25), (33, 22), (16, 14) }
        from topFirst in Either
        from pictures in Lengths
        where pictures == 4 || size == (48, 40)
        where Whole.IsAsked || format == Formats[0] || (pictures == 4 && size.Item1 >= 37)
        select (format, size.Item1, size.Item2, topFirst, pictures));

    /// <summary>All fields from the first to the last: what has no field before or after it is part of the filter. Rows at the top
    /// and bottom too; planes of fewer rows than these the filter reads beside.</summary>
    [Theory]
    [MemberData(nameof(Films))]
    public async Task Fields_BesideBwdif_AreItsBytes(string format, int width, int height, bool topFirst, int pictures)
    {
        byte[] film = await FFmpeg.RunAsync(
            $"-f lavfi -i testsrc2=s=64x48:r=25,scale={width}:{height},noise=alls=20:allf=t:all_seed=7 -frames:v {pictures} -pix_fmt {format} -f rawvideo pipe:1");
        byte[] theirs = await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt {format} -s {width}x{height} -r 25 -i pipe:0 -vf bwdif=mode=send_field:parity={(topFirst ? "tff" : "bff")}:deint=all -f rawvideo -pix_fmt {format} pipe:1",
            film);
        byte[] expected = Bwdif.Comparable(theirs, 2 * pictures, format, width, height);
        List<AvFrame> decoded = [.. film.Chunk(film.Length / pictures).Select(bytes => RawPicture.From(bytes, format, width, height))];

        foreach (LaneWidth lanes in PlaneScaler.Widths)
        {
            using var deinterlacer = new PictureDeinterlacer(decoded[0], lanes);
            using var output = new AvFrame();
            var made = new List<byte>();
            for (int field = 0; field < 2 * pictures; field++)
            {
                int at = field / 2;
                deinterlacer.Deinterlace(
                    at == 0 ? null : decoded[at - 1], decoded[at], at == pictures - 1 ? null : decoded[at + 1], topFirst, second: field % 2 == 1, output);
                made.AddRange(RawPicture.Bytes(output, format));
            }

            byte[] ours = Bwdif.Comparable([.. made], 2 * pictures, format, width, height);
            Assert.True(expected.AsSpan().SequenceEqual(ours), $"{lanes}: {Difference(expected, ours, expected.Length / (2 * pictures))}");
        }

        decoded.ForEach(picture => picture.Dispose());
    }

    private static string Difference(byte[] expected, byte[] made, int picture)
    {
        int at = expected.AsSpan().CommonPrefixLength(made);
        return $"{made.Length} bytes of {expected.Length}, field {at / picture} differs at its byte {at % picture}";
    }
}
