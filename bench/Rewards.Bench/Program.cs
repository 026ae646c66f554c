using System.Globalization;
using Rewards.Bench;

// Usage: standing, or ORACLES [--entries N] [--accounts N]. ORACLES is the folder of the libraries to measure beside.
if (args is ["standing"])
{
    StandingFigures.Print();
    return 0;
}

if (args is not [var oracles, .. var rest])
{
    await Console.Error.WriteLineAsync("Start this with bench/run rewards.");
    return 1;
}

int entries = 1_000_000;
int accounts = 100_000;
for (int i = 0; i < rest.Length; i += 2)
{
    if (i + 1 == rest.Length
        || rest[i] is not ("--entries" or "--accounts")
        || !int.TryParse(rest[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        || number is < 1 or > 100_000_000)
    {
        await Console.Error.WriteLineAsync("Say bench/run rewards, and by --entries N and --accounts N how many, 1 to 100000000.");
        return 1;
    }

    (entries, accounts) = rest[i] == "--entries" ? (number, accounts) : (entries, number);
}

Console.WriteLine($"{Environment.ProcessorCount} cores, load before {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
await ReceiptFigures.PrintAsync();
await AccountFigures.PrintAsync();
await LogFigures.PrintAsync(entries);
await ClaimFigures.PrintAsync(oracles, accounts);
Console.WriteLine($"load after {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
return 0;
