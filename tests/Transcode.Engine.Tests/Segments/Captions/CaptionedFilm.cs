using System.Numerics;
using System.Text;
using Transcode.Engine.Tests.Media;

namespace Transcode.Engine.Tests.Segments.Captions;

/// <summary>Writes CEA-608 captions (CTA-608-E) and makes films that carry them, at 30000/1001 pictures a second: they are put into
/// the user data of MPEG-2 pictures, from where ffmpeg takes them along into what it encodes.</summary>
internal sealed class CaptionedFilm(int seconds)
{
    private readonly (byte First, byte Second)[] pairs = new (byte, byte)[seconds * 30];

    /// <summary>A caption that is written unseen and then shown.</summary>
    /// <param name="text">ASCII, at most 32 characters.</param>
    /// <param name="from">Picture from which on it is shown.</param>
    /// <param name="to">Picture from which on nothing is; negative where the next caption takes its place.</param>
    public CaptionedFilm PopOn(string text, int from, int to)
    {
        Put(from - 10 - (text.Length / 2), [(0x14, 0x20), (0x14, 0x20), (0x14, 0x2E), (0x14, 0x2E), (0x14, 0x70), (0x14, 0x70), .. Letters(text)]);
        Put(from, [(0x14, 0x2F), (0x14, 0x2F)]);
        return to < 0 ? this : Erase(to);
    }

    /// <summary>A row that comes in at the bottom of two.</summary>
    public CaptionedFilm RollUp(string text, int from)
    {
        Put(from, [(0x14, 0x25), (0x14, 0x25), (0x14, 0x2D), (0x14, 0x2D), (0x14, 0x70), (0x14, 0x70), .. Letters(text)]);
        return this;
    }

    public CaptionedFilm Erase(int at)
    {
        Put(at, [(0x14, 0x2C), (0x14, 0x2C)]);
        return this;
    }

    /// <summary>The film as ffmpeg encodes it.</summary>
    /// <param name="options">Of the output.</param>
    /// <param name="container">The file's extension.</param>
    public async Task<byte[]> MakeAsync(string options, string container) => await FFmpeg.WithFileAsync(
        await PicturesAsync(), path => FFmpeg.MakeAsync($"-f mpegvideo -r 30000/1001 -i {path} {options}", container));

    /// <summary>MPEG-2 pictures in the order they are shown, with the captions.</summary>
    private async Task<byte[]> PicturesAsync()
    {
        byte[] plain = await FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s=96x64:r=30000/1001:d={seconds} -c:v mpeg2video -bf 0 -g 30 -b:v 300k", "m2v");
        using var film = new MemoryStream();
        int written = 0;
        for (int picture = 0; ; picture++)
        {
            // Picture header, its coding extension, and then there is room for user data.
            int header = plain.AsSpan(written).IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0]);
            if (header < 0)
            {
                film.Write(plain.AsSpan(written));
                return film.ToArray();
            }

            int extension = written + header + plain.AsSpan(written + header).IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0xB5]);
            int slice = extension + 4 + plain.AsSpan(extension + 4).IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            film.Write(plain.AsSpan(written, slice - written));
            (byte first, byte second) = picture < pairs.Length ? pairs[picture] : default;
            film.Write([0, 0, 1, 0xB2, (byte)'G', (byte)'A', (byte)'9', (byte)'4', 3, 0x41, 0xFF, 0xFC, WithParity(first), WithParity(second), 0xFF]);
            written = slice;
        }
    }

    public static byte WithParity(byte value) => (byte)((BitOperations.PopCount(value) & 1) == 0 ? value | 0x80 : value);

    private static IEnumerable<(byte, byte)> Letters(string text) =>
        Encoding.ASCII.GetBytes(text).Chunk(2).Select(two => (two[0], two.Length > 1 ? two[1] : (byte)0));

    private void Put(int picture, params (byte First, byte Second)[] what)
    {
        foreach ((byte First, byte Second) pair in what)
        {
            if (pairs[picture] != default)
            {
                throw new ArgumentException($"Picture {picture} has a pair already.", nameof(picture));
            }

            pairs[picture++] = pair;
        }
    }
}
