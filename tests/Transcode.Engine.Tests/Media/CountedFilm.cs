using System.Globalization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Tests.Media;

/// <summary>Films whose every picture tells its own number, as twelve light or dark fields of 32×24 pixels: so a test can
/// say exactly which picture of the source a picture of the output is.</summary>
internal static class CountedFilm
{
    public const int Width = 128;
    public const int Height = 72;
    private const int FieldWidth = 32;
    private const int FieldHeight = 24;
    private const int Bits = 12;
    private const byte Dark = 50;
    private const byte Light = 200;

    /// <summary>Makes a film.</summary>
    /// <param name="frames">Pictures, numbered from 0.</param>
    /// <param name="rate">As <c>24000/1001</c>.</param>
    /// <param name="arguments">Of ffmpeg after its input: filters, codec, more.</param>
    /// <param name="extension">What chooses the container.</param>
    /// <param name="furtherInputs">Further inputs of ffmpeg, such as sound.</param>
    public static Task<byte[]> MakeAsync(
        int frames, string rate, string arguments, string extension, string furtherInputs = "")
    {
        string input = string.Create(CultureInfo.InvariantCulture, $"-f rawvideo -pix_fmt gray -s {Width}x{Height} -r {rate} -i pipe:0");
        return FFmpeg.MakeAsync($"{input} {furtherInputs} -pix_fmt yuv420p {arguments}", extension, Pictures(frames));
    }

    /// <summary>The numbers of a film's pictures, as ffmpeg decodes it.</summary>
    public static async Task<int[]> NumbersAsync(byte[] file)
    {
        byte[] pictures = await FFmpeg.WithFileAsync(file, path => FFmpeg.RunAsync(
            $"-xerror -i {path} -map 0:v:0 -fps_mode passthrough -vf scale={Width}:{Height} -pix_fmt gray -f rawvideo pipe:1"));
        return [.. Enumerable.Range(0, pictures.Length / (Width * Height)).Select(i => Number(pictures.AsSpan(i * Width * Height)))];
    }

    /// <summary>The picture each grid frame is to show: the last whose time is at most (n + 2/5) / rate, else the first.</summary>
    /// <param name="seconds">When each picture of the source is shown on the timeline, rising.</param>
    /// <param name="grid">The source's grid.</param>
    public static int[] Expected(IReadOnlyList<Rational> seconds, Grid grid) =>
        [.. Enumerable.Range(0, (int)grid.FrameCount).Select(n =>
        {
            Rational limit = new Rational((n * 5) + 2, 5) / grid.FrameRate;
            return Math.Max(0, seconds.Count(time => time <= limit) - 1);
        })];

    private static byte[] Pictures(int frames)
    {
        byte[] all = new byte[frames * Width * Height];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int bit = (y / FieldHeight * (Width / FieldWidth)) + (x / FieldWidth);
                    all[(((frame * Height) + y) * Width) + x] = ((frame >> bit) & 1) == 1 ? Light : Dark;
                }
            }
        }

        return all;
    }

    private static int Number(ReadOnlySpan<byte> picture)
    {
        int number = 0;
        for (int bit = 0; bit < Bits; bit++)
        {
            int x = (bit % (Width / FieldWidth) * FieldWidth) + (FieldWidth / 2);
            int y = (bit / (Width / FieldWidth) * FieldHeight) + (FieldHeight / 2);
            number |= picture[(y * Width) + x] > (Dark + Light) / 2 ? 1 << bit : 0;
        }

        return number;
    }
}
