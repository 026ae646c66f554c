using System.Text.Json;
using Appliance.Startup;
using Appliance.Storage;
using Transcode.Engine.Workers;

namespace Appliance.Budgets;

/// <summary>What the owner says while the box runs, kept for the next start, and what comes of it and of what the start says.</summary>
internal sealed class OwnersBudget
{
    /// <summary>Of the data folder: programs for graphics devices, which take a device's compiler seconds to make.</summary>
    private const string ProgramFolder = "kernels";

    private const long LargestBytes = 64 << 10;

    private static readonly string[] OnlyAtStart = ["niceness", "sysfs"];

    private readonly ApplianceOptions options;
    private readonly string path;

    public OwnersBudget(ApplianceOptions options)
    {
        this.options = options;
        path = new DataFolder(options.DataFolder).Budget;
        Said = Parts(options.Said);
        (Wish, Damage) = Load(path);
    }

    public BudgetWish Wish { get; private set; }

    /// <summary>Why what was kept is not obeyed; null where it is, or there was nothing.</summary>
    public string? Damage { get; private set; }

    public IReadOnlyList<SaidBudget> Said { get; }

    /// <summary>What holds: what the start says for good, else what the owner says, else what else the start says.</summary>
    /// <exception cref="UsageException">The wish makes no sense; the message is one line for a person.</exception>
    public BoxBudget With(BudgetWish wish)
    {
        BoxBudget start = options.Budget, own = wish.Read();
        return start with
        {
            Cores = Free("cores") ? own.Cores ?? start.Cores : start.Cores,
            MemoryBytes = Free("memory") ? own.MemoryBytes ?? start.MemoryBytes : start.MemoryBytes,
            Watts = Free("watts") ? own.Watts ?? start.Watts : start.Watts,
            Celsius = Free("celsius") ? own.Celsius ?? start.Celsius : start.Celsius,
            Quiet = Free("quiet") ? own.Quiet ?? start.Quiet : start.Quiet,
            QuietCores = Free("quiet-cores") ? own.QuietCores ?? start.QuietCores : start.QuietCores,
        };

        bool Free(string name) => !Said.Any(said => said.Name == name && said.StandsAbove);
    }

    /// <summary>The same within what the system has now.</summary>
    /// <exception cref="UsageException">There is too little memory for anything.</exception>
    public BoxAllowance Allowance(BoxBudget budget) => BoxAllowance.Of(
        budget, SystemLimits.Read(), new WorkerPoolOptions { Device = options.Device, ProgramFolder = Path.Combine(options.DataFolder, ProgramFolder) });

    /// <exception cref="IOException">It cannot be written down, and nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written down, and nothing has changed.</exception>
    public void Keep(BudgetWish wish)
    {
        DurableFile.Write(path, [JsonSerializer.SerializeToUtf8Bytes(wish, BudgetsJson.Default.BudgetWish)], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (Wish, Damage) = (wish, null);
    }

    private static IReadOnlyList<SaidBudget> Parts(SaidSettings said)
    {
        (string text, SettingOrigin origin) = said.Values.GetValueOrDefault("--budget", ("", SettingOrigin.Default));
        bool isAbove = origin is SettingOrigin.CommandLine or SettingOrigin.Environment;
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
            .Select(part => new SaidBudget(part[0], part.ElementAtOrDefault(1) ?? "", origin, isAbove || OnlyAtStart.Contains(part[0])))];
    }

    private static (BudgetWish Wish, string? Damage) Load(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return (BudgetWish.None, null);
            }

            BudgetWish? kept = new FileInfo(path).Length <= LargestBytes ? JsonSerializer.Deserialize(File.ReadAllBytes(path), BudgetsJson.Default.BudgetWish) : null;
            kept?.Read();
            return kept is null ? (BudgetWish.None, $"{path} is damaged: say anew what the box may take.") : (kept, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or UsageException)
        {
            return (BudgetWish.None, $"{path} cannot be obeyed: {exception.Message}");
        }
    }
}
