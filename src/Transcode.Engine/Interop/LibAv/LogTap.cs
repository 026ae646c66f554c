using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>Keeps libav's last errors: a codec's result is a number, and why it does not open is only in its log.</summary>
internal static unsafe class LogTap
{
    private const int Lines = 32;
    private const int LineBytes = 512;

    private static readonly Lock Gate = new();
    private static readonly Queue<string> Kept = [];

    /// <summary>From here on, for the whole process. Nothing is printed any more.</summary>
    public static void Open()
    {
        LibAv.Load();
        AvHardware.av_log_set_callback((nint)(delegate* unmanaged[Cdecl]<nint, int, nint, nint, void>)&Hear);
    }

    /// <summary>The last lines, oldest first; they are forgotten then.</summary>
    public static IReadOnlyList<string> Take()
    {
        lock (Gate)
        {
            string[] lines = [.. Kept];
            Kept.Clear();
            return lines;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Hear(nint context, int level, nint format, nint arguments)
    {
        if (level > AvUtil.AV_LOG_WARNING)
        {
            return;
        }

        try
        {
            Span<byte> line = stackalloc byte[LineBytes];
            int prefix = 0;
            _ = AvHardware.av_log_format_line2(context, level, format, arguments, line, line.Length, ref prefix);
            int end = line.IndexOf((byte)0);
            Keep(Encoding.UTF8.GetString(line[..Math.Max(0, end)]).Trim());
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ArgumentException)
        {
            // A line that is lost is no reason to end libav's thread.
        }
    }

    private static void Keep(string line)
    {
        lock (Gate)
        {
            if (line.Length > 0)
            {
                Kept.Enqueue(line);
            }

            if (Kept.Count > Lines)
            {
                Kept.Dequeue();
            }
        }
    }
}
