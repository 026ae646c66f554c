namespace Transcode.Engine.Workers;

/// <summary>Lets through so many lines a second, and counts the others.</summary>
internal sealed class LineBudget
{
    private const int LinesPerSecond = 10;

    private long window;
    private int lines;
    private int suppressed;

    /// <param name="suppressedBefore">Lines kept back since the last one that was let through.</param>
    public bool Allows(out int suppressedBefore)
    {
        long now = Environment.TickCount64 / 1000;
        if (now != window)
        {
            (window, lines) = (now, 0);
        }

        if (++lines > LinesPerSecond)
        {
            suppressed++;
            suppressedBefore = 0;
            return false;
        }

        (suppressedBefore, suppressed) = (suppressed, 0);
        return true;
    }
}
