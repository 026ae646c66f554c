using System.Text;
using Transcode.Engine.Interop.Linux;

namespace Transcode.Engine.Workers;

/// <summary>The worker's own lines on standard error, which the parent logs. Not the console: that duplicates the
/// descriptor, which a locked-in process cannot.</summary>
internal static class WorkerLog
{
    public static void Line(string text)
    {
        byte[] line = Encoding.UTF8.GetBytes(text + "\n");
        _ = LibC.Write(LibC.STDERR_FILENO, line, (nuint)line.Length);
    }
}
