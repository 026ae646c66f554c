using System.Globalization;

namespace Appliance.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Program">The appliance's executable.</param>
/// <param name="Verb">What to measure.</param>
/// <param name="Film">The source.</param>
/// <param name="Count">Pairs, rounds, renditions, players or connections, 1 to 10,000; null for the measurement's own.</param>
/// <param name="Seed">Of the places chosen.</param>
/// <param name="Rung">The picture's rendition, by name.</param>
/// <param name="Media">The folder of clips beside the repository.</param>
/// <param name="Release">The release's executable, where it was made.</param>
/// <param name="Device">Of those that are listed, from 0 on; null for the first that can be measured.</param>
internal sealed record BenchArguments(string Program, string Verb, string Film, int? Count, int Seed, string Rung, string Media, string? Release, int? Device)
{
    /// <summary>How long, in seconds; null for the measurement's own.</summary>
    public int? Seconds { get; init; }

    /// <summary>Whether of all ways to tune only the rule is measured.</summary>
    public bool RuleAlone { get; init; }

    /// <param name="arguments">The program, the clip to use where none is named, then what a person wrote.</param>
    public static BenchArguments Parse(string[] arguments)
    {
        if (arguments is not [var program, var clip, .. var rest])
        {
            throw new BenchException("Start this with bench/run.");
        }

        var parsed = new BenchArguments(program, "", "", null, 1, "720p", Path.GetFullPath(Path.Combine(Path.GetDirectoryName(clip)!, "..")), null, null);
        for (int i = 0; i < rest.Length; i++)
        {
            parsed = rest[i] switch
            {
                "--pairs" or "--rounds" or "--renditions" or "--players" or "--connections" => parsed with { Count = Number(rest, ref i, 1, 10_000) },
                "--minutes" => parsed with { Seconds = 60 * Number(rest, ref i, 1, 1440) },
                "--seconds" => parsed with { Seconds = Number(rest, ref i, 1, 86_400) },
                "--seed" => parsed with { Seed = Number(rest, ref i, 0, int.MaxValue) },
                "--device" => parsed with { Device = Number(rest, ref i, 0, 99) },
                "--release" => parsed with { Release = Value(rest, ref i) },
                "--rule" => parsed with { RuleAlone = true },
                "--rung" => parsed with { Rung = Value(rest, ref i) },
                ['-', ..] => throw new BenchException($"There is no option {rest[i]}."),
                _ when parsed.Verb.Length == 0 => parsed with { Verb = rest[i] },
                _ => parsed with { Film = Path.GetFullPath(rest[i]) },
            };
        }

        parsed = parsed with { Film = parsed.Film.Length > 0 ? parsed.Film : File.Exists(clip) ? Path.GetFullPath(clip) : "" };
        return parsed.Film.Length == 0 || File.Exists(parsed.Film) ? parsed : throw new BenchException($"There is no file {parsed.Film}.");
    }

    private static int Number(string[] rest, ref int i, int least, int most)
    {
        string name = rest[i];
        return int.TryParse(Value(rest, ref i), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new BenchException($"{name} wants a number from {least} to {most}.");
    }

    private static string Value(string[] rest, ref int i) =>
        i + 1 < rest.Length ? rest[++i] : throw new BenchException($"{rest[i]} wants a value.");
}
