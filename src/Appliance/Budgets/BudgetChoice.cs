using System.Globalization;
using Appliance.Startup;

namespace Appliance.Budgets;

/// <summary>How people say what the box may take: <c>cores=2,memory=512M,watts=15,celsius=80,niceness=5,quiet=22:00-07:00,quiet-cores=1</c>.</summary>
internal static class BudgetChoice
{
    public const string Usage = "any of cores=N, memory=BYTES, watts=N, celsius=N, niceness=N, quiet=HH:MM-HH:MM, quiet-cores=N and sysfs=DIR";

    /// <param name="text">What was written; null for the default.</param>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static BoxBudget Parse(string? text)
    {
        BoxBudget budget = BoxBudget.Default;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (string part in text?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            (string name, string value) = part.Split('=', 2) is [var left, var right] ? (left, right) : (part, "");
            if (!said.Add(name))
            {
                throw new UsageException($"--budget says {name} twice.");
            }

            budget = name switch
            {
                "cores" => budget with { Cores = Whole(part, value, 1, 1024) },
                "memory" => budget with { MemoryBytes = Memory(part, value) },
                "watts" => budget with { Watts = Number(part, value, 1, 10_000) },
                "celsius" => budget with { Celsius = Number(part, value, 30, 110) },
                "niceness" => budget with { Niceness = Whole(part, value, 0, 19) },
                "quiet" => budget with { Quiet = QuietHours.TryParse(value) ?? throw Wrong(part, "two times of a day, as quiet=22:00-07:00") },
                "quiet-cores" => budget with { QuietCores = Whole(part, value, 1, 1024) },
                "sysfs" => budget with { Sysfs = Path.IsPathRooted(value) ? value : throw Wrong(part, "an absolute path, as sysfs=/sys") },
                _ => throw new UsageException($"--budget wants {Usage}, not {part}."),
            };
        }

        return budget.QuietCores is null || budget.Quiet is not null ? budget : throw new UsageException("--budget says quiet-cores, but not when: quiet=HH:MM-HH:MM.");
    }

    private static int Whole(string part, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Wrong(part, $"a whole number from {least} to {most}");

    private static double Number(string part, string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most
            ? number
            : throw Wrong(part, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    private static long Memory(string part, string value) =>
        ByteSize.TryParse(value, out long bytes) && bytes >= BoxBudget.SmallestMemoryBytes
            ? bytes
            : throw Wrong(part, $"at least {BoxBudget.SmallestMemoryBytes >> 20}M, as memory=512M");

    private static UsageException Wrong(string part, string rule) => new($"--budget wants {rule}, not {part}.");
}
