using System.Globalization;
using System.Text;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Writes a segment of WebVTT whose cues carry times of the source's timeline.</summary>
internal static class WebVtt
{
    /// <summary>Ticks a second of MPEG-2 transport streams, which X-TIMESTAMP-MAP counts in (RFC 8216, 3.5).</summary>
    private const int MpegTicksPerSecond = 90_000;

    /// <summary>The setting of a cue whose first line is the picture's first (W3C WebVTT, 4.4).</summary>
    private const string AtTop = " line:0";

    /// <summary>The timeline's zero lies where the media files have it.</summary>
    private static readonly string Head = string.Create(
        CultureInfo.InvariantCulture,
        $"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:{Grid.MediaClockLeadSeconds * MpegTicksPerSecond},LOCAL:00:00:00.000\n");

    /// <param name="cues">In the order written: by start.</param>
    /// <param name="maxBytes">The first cue that does not fit ends the segment.</param>
    public static byte[] Segment(IEnumerable<Cue> cues, int maxBytes)
    {
        using var output = new MemoryStream();
        output.Write(Encoding.UTF8.GetBytes(Head));
        foreach (Cue cue in cues)
        {
            byte[] block = Encoding.UTF8.GetBytes(
                $"\n{Time(cue.StartMilliseconds)} --> {Time(cue.EndMilliseconds)}{(cue.IsAtTop ? AtTop : "")}\n{cue.Text}\n");
            if (output.Length + block.Length > maxBytes)
            {
                break;
            }

            output.Write(block);
        }

        return output.ToArray();
    }

    /// <summary>As <c>01:02:03.004</c>; a time before zero is zero.</summary>
    private static string Time(long milliseconds)
    {
        long time = Math.Max(0, milliseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time / 3_600_000:D2}:{time / 60_000 % 60:D2}:{time / 1000 % 60:D2}.{time % 1000:D3}");
    }
}
