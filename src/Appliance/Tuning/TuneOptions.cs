using System.Globalization;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Tuning;

/// <summary>What <c>tune</c> was told.</summary>
/// <param name="Input">The file.</param>
/// <param name="Output">The report's file.</param>
/// <param name="Rung">The rung's name, or null for the largest.</param>
/// <param name="Places">How many places of the film are looked at.</param>
/// <param name="Tuning">What is done; null for nothing.</param>
/// <param name="ToneMap">How a high dynamic range is shown in the standard one.</param>
internal sealed record TuneOptions(string Input, string Output, string? Rung, int Places, PictureTuning? Tuning, PictureToneMap ToneMap)
{
    public const string Usage =
        $"""
        appliance tune INPUT [options]      show what is done to a video's pictures before they are encoded, and why

          --out FILE             the report, a page with pictures                     (default INPUT's name with .tuning.html, here)
          --rung NAME            which rung, as 720p                                  (default the largest)
          --places N             how many places of the film, evenly spread, 1 to 50  (default 6)
          --tuning CHOICE        {TuningChoice.Usage}  (default auto)
          --tone-map CHOICE      how HDR is shown in the standard range: {ToneMapChoice.Usage}  (default auto)

        Exit status: 0 the report is written; 1 it could not go on; 2 the command line makes no sense; 130 interrupted.
        """;

    private const int DefaultPlaces = 6;
    private const int MostPlaces = 50;

    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static TuneOptions? Parse(IReadOnlyList<string> arguments)
    {
        string? input = null;
        var values = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument.Length < 2 || argument[0] != '-')
            {
                input = input is null && argument.Length > 0 ? argument : throw new UsageException("tune takes one file.");
                continue;
            }

            (string name, string? inline) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, null);
            switch (name)
            {
                case "--help" or "-h":
                    return null;
                case "--out" or "--rung" or "--places" or "--tuning" or "--tone-map":
                    string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
                    values[name] = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
                    break;
                default:
                    throw new UsageException($"Unknown option {name}. tune --help lists what there is.");
            }
        }

        string path = Path.GetFullPath(input ?? throw new UsageException("tune wants a file: tune INPUT."));
        return new(
            path,
            Path.GetFullPath(values.GetValueOrDefault("--out") ?? $"{Path.GetFileNameWithoutExtension(path)}.tuning.html"),
            values.GetValueOrDefault("--rung"),
            Count(values.GetValueOrDefault("--places")),
            TuningChoice.Parse(values.GetValueOrDefault("--tuning")),
            ToneMapChoice.Parse(values.GetValueOrDefault("--tone-map")));
    }

    private static int Count(string? text) =>
        text is null ? DefaultPlaces
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int places) && places is > 0 and <= MostPlaces ? places
        : throw new UsageException($"--places wants a number from 1 to {MostPlaces}, not {text}.");
}
