using System.Globalization;
using System.Text;
using Appliance.Jobs.Batch;

namespace Appliance.Jobs.Command;

/// <summary>Shows how far a job is: on a terminal a block that moves, one bar a rendition; elsewhere a plain line now and then.</summary>
/// <param name="output">Where to.</param>
/// <param name="isTerminal">Whether lines can be written again.</param>
internal sealed class ProgressDisplay(TextWriter output, bool isTerminal)
{
    private const int BarCells = 28;

    private readonly StringBuilder _text = new();
    private int _lines;

    /// <summary>How often it is worth being called.</summary>
    public TimeSpan Interval => isTerminal ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(10);

    public void Show(BatchStatus status)
    {
        if (!isTerminal)
        {
            output.WriteLine(Line(status));
            return;
        }

        // Up to where the block began, and each line cleared to its end (ECMA-48: CUU, EL).
        _text.Clear();
        if (_lines > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\e[{_lines}A");
        }

        foreach (RungProgress rung in status.Rungs)
        {
            int cells = rung.Total > 0 ? (int)((long)BarCells * (rung.Done + rung.Failed) / rung.Total) : 0;
            _text.Append(CultureInfo.InvariantCulture, $"\r  {rung.Name,-12} {new string('█', cells)}{new string('░', BarCells - cells)} ");
            _text.Append(CultureInfo.InvariantCulture, $"{rung.Done}/{rung.Total}{Failed(rung)}\e[K\n");
        }

        _text.Append("\r  ").Append(Summary(status)).Append("\e[K\n");
        _lines = status.Rungs.Count + 1;
        output.Write(_text.ToString());
        output.Flush();
    }

    /// <summary>All of it in one line.</summary>
    public static string Line(BatchStatus status) =>
        $"{Summary(status)}: {string.Join(", ", status.Rungs.Select(rung => $"{rung.Name} {rung.Done}/{rung.Total}{Failed(rung)}"))}";

    private static string Summary(BatchStatus status)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(status.Share * 100):F0} %");
        text += status.TimesRealTime is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:F2} × real time") : "";
        return text + (status.Left is { } left && status.Share < 1 ? $", {Duration(left)} left" : "");
    }

    private static string Duration(TimeSpan time)
    {
        var whole = TimeSpan.FromSeconds(Math.Ceiling(Math.Min(time.TotalSeconds, TimeSpan.FromDays(365).TotalSeconds)));
        return whole.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}:{whole.Minutes:D2}:{whole.Seconds:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:D2}");
    }

    private static string Failed(RungProgress rung) => rung.Failed > 0 ? $" ({rung.Failed} failed)" : "";
}
