using System.Globalization;

namespace Appliance.Samples;

/// <summary>Tells how far the making is: one line that moves on a terminal, else a line at each quarter.</summary>
internal sealed class MakingProgress(TextWriter output, bool isTerminal, TimeProvider time)
{
    private const int BarCells = 28;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _shown = -Interval;
    private int _quarter;

    public void Show(int done, int total)
    {
        TimeSpan elapsed = time.GetElapsedTime(_start);
        TimeSpan left = elapsed / done * (total - done);
        if (isTerminal)
        {
            if (elapsed - _shown >= Interval || done == total)
            {
                _shown = elapsed;
                output.Write(Bar(done, total, left));
                output.Write(done == total ? Environment.NewLine : "");
            }
        }
        else if (done * 4L / total > _quarter)
        {
            _quarter = (int)(done * 4L / total);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Making the sample film: {_quarter * 25} %{Left(left)}"));
        }
    }

    private static string Bar(int done, int total, TimeSpan left)
    {
        int cells = (int)((long)BarCells * done / total);
        string bar = new string('█', cells) + new string('░', BarCells - cells);
        return string.Create(CultureInfo.InvariantCulture, $"\rMaking the sample film  {bar} {done * 100L / total,3} %{Left(left),-16}");
    }

    private static string Left(TimeSpan left) => left < TimeSpan.FromSeconds(1)
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(left.TotalSeconds)} s left");
}
