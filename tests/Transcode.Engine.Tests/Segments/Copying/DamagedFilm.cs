using System.Buffers.Binary;
using System.Globalization;
using Transcode.Engine.Tests.Media;

namespace Transcode.Engine.Tests.Segments.Copying;

/// <summary>Films whose container says one thing and whose video another.</summary>
internal static class DamagedFilm
{
    /// <summary>Has a keyframe of an H.264 film say that it is none.</summary>
    /// <param name="film">MP4, with lengths of four bytes.</param>
    /// <param name="which">Of the keyframes, from 0.</param>
    public static async Task<byte[]> WithoutIdrAsync(byte[] film, int which)
    {
        string[][] packets = await FFmpeg.ProbeAsync("-select_streams v:0 -show_entries packet=pos,size,flags", film);
        string[] key = packets.Where(row => row[2].StartsWith('K')).ElementAt(which);
        int at = int.Parse(key[1], CultureInfo.InvariantCulture);
        int end = at + int.Parse(key[0], CultureInfo.InvariantCulture);
        byte[] damaged = [.. film];
        for (; at < end; at += 4 + BinaryPrimitives.ReadInt32BigEndian(film.AsSpan(at)))
        {
            // NAL unit type 5 becomes 1: a slice of a picture that is not an IDR (ITU-T H.264, 7.4.1).
            damaged[at + 4] = (film[at + 4] & 0x1F) == 5 ? (byte)((film[at + 4] & 0xE0) | 1) : film[at + 4];
        }

        return damaged;
    }
}
