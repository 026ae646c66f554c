using System.Globalization;
using Transcode.Engine.Hardware;

namespace Appliance.Hardware.Command;

/// <summary>The table of <c>probe</c>: a line for each path when it is known; on a terminal the one being tried is written and written over.</summary>
/// <param name="output">Where to.</param>
/// <param name="isTerminal">Whether a line can be written again.</param>
internal sealed class ProbeTable(TextWriter output, bool isTerminal)
{
    private readonly HashSet<CodingPath> _told = [];
    private readonly Lock _gate = new();

    /// <summary>What comes before the lines.</summary>
    public void Begin(BoxIdentity box)
    {
        string devices = box.Graphics.Count == 0 ? "no graphics device" : string.Join(", ", box.Graphics.Select(device => $"{device.PciId} ({device.Driver ?? "no driver"})"));
        output.WriteLine($"{box.Processor}, {box.Cores} cores, {box.MemoryMebibytes} MiB, {devices}, Linux {box.Kernel}");
        output.WriteLine(box.Libraries);
        output.WriteLine();
        output.WriteLine($"{"",-7} {"codec",-5} {"bits",4}  {"path",-30} {"result",-12} {"frames/s",9} {"at once",8} {"first",8} {"watts",6}");
    }

    /// <summary>Tells what is new.</summary>
    public void Show(HardwareView view)
    {
        lock (_gate)
        {
            foreach (PathResult result in view.Results.Where(result => result.Verdict != PathVerdict.NotTried && _told.Add(result.Path)))
            {
                Clear();
                output.WriteLine(Line(result));
            }

            if (isTerminal && view.Current is { } path)
            {
                Clear();
                output.Write($"{Head(path)} {view.Step}…");
                output.Flush();
            }
        }
    }

    /// <summary>What comes after.</summary>
    public void End(HardwareView view)
    {
        Show(view);
        IGrouping<string, PathResult>[] encoders = [.. view.Results.Where(result => result.Path is { Direction: PathDirection.Encode, IsHardware: true }).GroupBy(result => result.Path.Codec)];
        int working = encoders.Count(codec => codec.Any(result => result.Verdict == PathVerdict.Works));
        output.WriteLine();
        output.WriteLine(working > 0
            ? $"{working} of {encoders.Length} hardware encoders work here."
            : $"None of the {encoders.Length} hardware encoders that libav has works here: segments are made in software.");
        output.WriteLine(new PowerMeter(BoxFiles.Here, TimeProvider.System).WhyNot is { } why ? $"Watts are not told: {why}." : "Watts are of the processor's package, or of what the sensor measures.");
    }

    private static string Line(PathResult result)
    {
        string line = $"{Head(result.Path)} {Word(result.Verdict),-12}";
        return result.Figures is { } figures
            ? string.Create(CultureInfo.InvariantCulture, $"{line} {figures.FramesPerSecond,9:F1} {figures.Sessions,8} {Milliseconds(figures.FirstFrameMicroseconds),8} {figures.Watts?.ToString("F1", CultureInfo.InvariantCulture) ?? "–",6}  {figures.Limit}")
            : $"{line} {result.Reason}";
    }

    private static string Head(CodingPath path) =>
        $"{(path.Direction == PathDirection.Encode ? "encode" : "decode"),-7} {path.FormatName,-5} {path.BitDepth,4}  {Name(path),-30}";

    private static string Name(CodingPath path) =>
        $"{(path.Codec == path.Format && path.IsHardware ? $"{path.Codec} on {path.Api}" : path.Codec)}{(path.Device is null ? "" : $" {Path.GetFileName(path.Device)}")}";

    private static string Milliseconds(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:F0} ms");

    private static string Word(PathVerdict verdict) => verdict switch
    {
        PathVerdict.Works => "works",
        PathVerdict.Fails => "fails",
        PathVerdict.WrongPictures => "wrong",
        PathVerdict.BreaksPromise => "too large",
        PathVerdict.Crashed => "crashed",
        PathVerdict.Hung => "hung",
        PathVerdict.Lied => "lied",
        PathVerdict.Quarantined => "quarantined",
        PathVerdict.Off => "off",
        _ => "not tried",
    };

    /// <summary>ECMA-48: EL, from the line's begin.</summary>
    private void Clear()
    {
        if (isTerminal)
        {
            output.Write("\r\e[K");
        }
    }
}
