using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Tests.Media;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Which pictures a source shows and when, by the ffmpeg program: to compare with what the engine decodes.</summary>
internal static class ShownPictures
{
    /// <summary>Decodes a whole file.</summary>
    /// <returns>Of every picture the seconds since the file's start and a hash of its brightness.</returns>
    public static async Task<List<(Rational Seconds, string Hash)>> WitnessAsync(byte[] film)
    {
        // The input's own clock, by the word of each family.
        string clock = LibAv.Layout.Name == "5.x" ? "-1" : "demux";
        byte[] output = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync(
            $"-dts_delta_threshold 1000000 -i {path} -map 0:v:0 -noautoscale -vf extractplanes=y -fps_mode passthrough -enc_time_base {clock} -f framehash -hash sha256 pipe:1"));
        string[] lines = Encoding.ASCII.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var tick = Rational.Parse(lines.Single(line => line.StartsWith("#tb 0:", StringComparison.Ordinal))[7..].Trim());
        return [.. lines.Where(line => line[0] != '#').Select(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Select(fields => (new Rational(long.Parse(fields[2], CultureInfo.InvariantCulture), 1) * tick, fields[5]))];
    }

    /// <summary>What each grid frame is to show: the last picture whose time is at most (n + 2/5) / rate, else the first.</summary>
    public static string[] Expected(List<(Rational Seconds, string Hash)> pictures, Grid grid) =>
        [.. Enumerable.Range(0, (int)grid.FrameCount).Select(n =>
        {
            Rational limit = new Rational((n * 5) + 2, 5) / grid.FrameRate;
            return pictures.LastOrDefault(picture => picture.Seconds <= limit, pictures[0]).Hash;
        })];

    /// <summary>The hash of a picture's brightness.</summary>
    public static string Hash(AvFrame picture) => Convert.ToHexStringLower(SHA256.HashData(Luma(picture)));

    /// <summary>A picture's brightness, row after row.</summary>
    public static byte[] Luma(AvFrame picture)
    {
        int row = picture.Width * (PixelFormats.BitDepth(picture.Format) > 8 ? 2 : 1);
        byte[] luma = new byte[row * picture.Height];
        Span<byte> plane = picture.Plane(0, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            plane.Slice(y * picture.Stride(0), row).CopyTo(luma.AsSpan(y * row));
        }

        return luma;
    }
}
