using System.Globalization;
using Appliance.Startup;

namespace Appliance.Hardware.Command;

/// <summary>What <c>probe</c> was told.</summary>
/// <param name="DataFolder">Where what is found is kept.</param>
/// <param name="Width">Of the pictures, even, in pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Json">One document at the end in place of a table.</param>
/// <param name="Again">Whether what is known is tried anew.</param>
/// <param name="HardwareOnly">Whether software is left out, which takes the longest.</param>
internal sealed record ProbeOptions(string DataFolder, int Width, int Height, bool Json, bool Again, bool HardwareOnly)
{
    public const string Usage =
        """
        appliance probe [options]      try every encoder and decoder libav has here, and say what each does, or why it does not

          --again                try what is known anew: what was found is kept until device, driver, kernel or library change
          --hardware             leave out software, whose trial takes the longest
          --size WIDTHxHEIGHT    of the pictures, even, up to 1920x1080               (default 1920x1080)
          --json                 one JSON document, as GET /v1/hardware answers, in place of the table
          --data DIR             where what is found is kept      (default $APPLIANCE_DATA, else ~/.local/share/appliance)

        Each is tried in a process of its own with a time limit: pictures are coded at that size, decoded and compared, and sessions are
        raised until they no longer keep real time. Exit status: 0 all is tried; 1 it could not go on; 2 the command line makes no
        sense; 130 interrupted, and what was found is kept.
        """;

    private const int LargestWidth = 1920;
    private const int LargestHeight = 1080;
    private const int Smallest = 128;

    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static ProbeOptions? Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var values = new Dictionary<string, string>();
        var flags = new HashSet<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            (string name, string? inline) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            switch (name)
            {
                case "--help" or "-h":
                    return null;
                case "--json" or "--again" or "--hardware":
                    flags.Add(name);
                    break;
                case "--size" or "--data":
                    string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
                    values[name] = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
                    break;
                default:
                    throw new UsageException($"probe knows no {arguments[i]}. probe --help lists what there is.");
            }
        }

        (int width, int height) = Size(values.GetValueOrDefault("--size"));
        return new(
            CommandLine.DataFolder(values.GetValueOrDefault("--data"), environment), width, height, flags.Contains("--json"), flags.Contains("--again"), flags.Contains("--hardware"));
    }

    private static (int Width, int Height) Size(string? text)
    {
        if (text is null)
        {
            return (LargestWidth, LargestHeight);
        }

        int[] sides = [.. text.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0)];
        return sides is [var width and >= Smallest and <= LargestWidth, var height and >= Smallest and <= LargestHeight] && width % 2 == 0 && height % 2 == 0
            ? (width, height)
            : throw new UsageException($"--size wants WIDTHxHEIGHT, even, from {Smallest}x{Smallest} to {LargestWidth}x{LargestHeight}, not {text}.");
    }
}
