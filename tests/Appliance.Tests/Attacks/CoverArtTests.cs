using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>A picture that is small as a file and huge as pixels, as the cover of a song: it costs a worker what a worker may have, and the box nothing.</summary>
public sealed class CoverArtTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(30_000, 30_000)]
    [InlineData(1_000_000, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task Cover_OfHugeSize_EndsInAnAnswer(int width, int height)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the sound, is not on this machine.");
        using var folder = new ScratchFolder();
        string sound = Path.Combine(folder.Path, "sound.mp3");
        (int code, string said) = await House.RunAsync("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=duration=4", "-c:a", "libmp3lame", "-id3v2_version", "0", "-write_xing", "0", sound);
        Assert.True(code == 0, said);
        string song = Path.Combine(folder.Path, "song.mp3");
        await File.WriteAllBytesAsync(song, [.. Tag(Picture(width, height)), .. await File.ReadAllBytesAsync(sound, Token)], Token);
        await using RunningAppliance box = await RunningAppliance.StartAsync(song, Path.Combine(folder.Path, "data"));
        JsonElement source = (await box.JsonAsync("v1/sources")).GetProperty("sources")[0];
        using HttpResponseMessage still = await box.Client.GetAsync($"v1/sources/{source.GetProperty("id").GetString()}/still.jpg?w=160", Token);
        using HttpResponseMessage alive = await box.Client.GetAsync("health/live", Token);
        string audio = (await box.RenditionsAsync())[0];

        Assert.True(
            still.IsSuccessStatusCode || still.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{still.StatusCode} {await still.Content.ReadAsStringAsync(Token)}");
        Assert.NotEqual(HttpStatusCode.InternalServerError, still.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        // What is heard is not kept from whoever wants to hear it.
        Assert.NotEmpty(await box.GetAsync($"{audio}/0.m4s"));
    }

    /// <summary>A PNG (RFC 2083) of 8 bits of grey, all black; of sizes that no file could hold, what a deflated megabyte can.</summary>
    private static byte[] Picture(int width, int height)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            long all = Math.Min((width + 1L) * height, 1L << 30);
            for (long written = 0; written < all; written += zeros.Length)
            {
                deflate.Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, all - written)));
            }
        }

        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        uint crc = uint.MaxValue;
        foreach (byte octet in chunk.AsSpan(4, content.Length + 4))
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~crc);
        return chunk;
    }

    /// <summary>ID3 2.3 with one attached picture.</summary>
    private static byte[] Tag(byte[] picture)
    {
        byte[] body = [0, .. "image/png\0"u8, 3, 0, .. picture];
        byte[] frame = [.. "APIC"u8, 0, 0, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), body.Length);
        int size = frame.Length;
        return [.. "ID3"u8, 3, 0, 0, (byte)((size >> 21) & 0x7F), (byte)((size >> 14) & 0x7F), (byte)((size >> 7) & 0x7F), (byte)(size & 0x7F), .. frame];
    }
}
