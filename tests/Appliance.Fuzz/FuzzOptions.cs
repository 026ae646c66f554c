using System.Globalization;

namespace Appliance.Fuzz;

/// <summary>What the command line says.</summary>
/// <param name="Inputs">Of all targets together.</param>
/// <param name="Seed">The same seed makes the same inputs.</param>
/// <param name="Target">Part of the names of those that are wanted; null for all.</param>
/// <param name="Kept">Where inputs that found something are written.</param>
/// <param name="ShowOutcomes">Whether each target's outcomes are listed.</param>
internal sealed record FuzzOptions(long Inputs, int Seed, string? Target, string Kept, bool ShowOutcomes)
{
    private const long DefaultInputs = 1_000_000;

    private const string Usage = "Usage: tests/fuzz/run [--inputs N] [--seed S] [--target NAME] [--outcomes]";

    /// <returns>Null where it makes no sense; what is wrong was printed.</returns>
    public static FuzzOptions? Parse(string[] arguments)
    {
        var options = new FuzzOptions(DefaultInputs, 1, null, "artifacts/fuzz", ShowOutcomes: false);
        for (int i = 0; i < arguments.Length; i++)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            FuzzOptions? next = (arguments[i], value) switch
            {
                ("--inputs", { }) when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long inputs) && inputs > 0 => options with { Inputs = inputs },
                ("--seed", { }) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) => options with { Seed = seed },
                ("--target", { }) => options with { Target = value },
                ("--kept", { }) => options with { Kept = value },
                ("--outcomes", _) => options with { ShowOutcomes = true },
                _ => null,
            };
            if (next is null)
            {
                Console.Error.WriteLine(arguments[i] is "-h" or "--help" ? Usage : $"{arguments[i]} makes no sense here. {Usage}");
                return null;
            }

            i += next.ShowOutcomes == options.ShowOutcomes ? 1 : 0;
            options = next;
        }

        return options;
    }
}
