using System.Globalization;
using System.Text;
using Transcode.Engine.Hardware;

namespace Appliance.Profiles;

/// <summary>Writes what a probe measured as a profile to share: the class of the machine and its figures, and nothing of its owner.</summary>
internal static class ProfileExport
{
    /// <param name="name">Of the profile.</param>
    /// <param name="box">Which.</param>
    /// <param name="results">Of its paths.</param>
    public static string Text(string name, BoxIdentity box, IReadOnlyList<PathResult> results)
    {
        var text = new StringBuilder();
        text.Append("# yaml-language-server: $schema=schema.json\n");
        text.Append("# Written by ./run profile export. Look at match before sharing it: what is there must hold for every machine of the class.\n");
        text.Append(CultureInfo.InvariantCulture, $"profile: {name}\nversion: 1\ndescription: {Quoted(Description(box))}\nmatch:\n  architecture: {Quoted(box.Architecture)}\n");
        Match(text, box);
        PathResult[] working = [.. results.Where(result => result is { Verdict: PathVerdict.Works, Figures: not null })];
        Entries(text, "decode", working.Where(result => result.Path.Direction == PathDirection.Decode), box);
        Entries(text, "encode", working.Where(result => result.Path.Direction == PathDirection.Encode), box);
        text.Append("figures:").Append(working.Length == 0 ? " []\n" : "\n");
        foreach (PathResult result in working)
        {
            Figures(text, result, box);
        }

        text.Append("quirks: []\n");
        return text.ToString();
    }

    private static string Description(BoxIdentity box) =>
        string.Create(CultureInfo.InvariantCulture, $"{box.Processor}, {box.Cores} cores, {(box.Graphics.Count == 0 ? "no graphics device" : string.Join(", ", box.Graphics.Select(device => device.PciId)))}");

    private static void Match(StringBuilder text, BoxIdentity box)
    {
        if (box.Compatible.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  compatible: [{Quoted(box.Compatible[0])}]\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"  processor: [{Quoted(box.Processor)}]\n  cores: {{ least: {box.Cores}, most: {box.Cores} }}\n");
        text.Append(box.Graphics.Count > 0 ? $"  pci: [{string.Join(", ", box.Graphics.Select(device => Quoted(device.PciId)))}]\n" : "  graphics: none\n");
    }

    private static void Entries(StringBuilder text, string name, IEnumerable<PathResult> results, BoxIdentity box)
    {
        PathResult[] all = [.. results];
        text.Append(name).Append(all.Length == 0 ? ": []\n" : ":\n");
        foreach (PathResult result in all)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{ codec: {result.Path.FormatName}, bitDepth: {result.Path.BitDepth}, path: {result.Path.Api}, by: {Quoted(result.Path.Codec)}, standing: measured, source: {Quoted(Source(result, box))} }}\n");
        }
    }

    private static void Figures(StringBuilder text, PathResult result, BoxIdentity box)
    {
        PathFigures figures = result.Figures!;
        string what = string.Create(CultureInfo.InvariantCulture, $"{(result.Path.Direction == PathDirection.Encode ? "encode" : "decode")}-{figures.Height}p-{result.Path.FormatName}-{result.Path.BitDepth}-{result.Path.Codec.ToLowerInvariant().Replace('_', '-')}");
        Figure("rate", figures.FramesPerSecond, "fps");
        Figure("sessions", figures.Sessions, "sessions");
        Figure("first-frame", figures.FirstFrameMicroseconds / 1000.0, "ms");
        if (figures.Watts is { } watts)
        {
            Figure("power", watts, "W");
        }

        void Figure(string kind, double value, string unit) => text.Append(CultureInfo.InvariantCulture,
            $"  - {{ name: {what}-{kind}, value: {Math.Round(value, 1)}, unit: {unit}, standing: measured, source: {Quoted(Source(result, box))} }}\n");
    }

    private static string Source(PathResult result, BoxIdentity box) =>
        $"appliance probe, {result.TriedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "undated"}, Linux {box.Kernel}, {box.Libraries.Split('(')[^1].Split(',').FirstOrDefault(part => part.Contains("libavcodec", StringComparison.Ordinal))?.Trim() ?? "libav"}";

    private static string Quoted(string text) => $"\"{new string([.. text.Where(character => !char.IsControl(character))]).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
