using Appliance.Startup;

namespace Appliance.Storage;

/// <summary>Where the appliance keeps its state, and what lies where in it.</summary>
internal sealed class DataFolder
{
    /// <exception cref="UsageException">The folder cannot be made or entered.</exception>
    public DataFolder(string path)
    {
        Path = path;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The data folder {path} cannot be used: {exception.Message}");
        }
    }

    public const string RestoredName = "restored.json";

    /// <summary>What the box signs and counts, by its names in this folder: it goes on together, or not at all.</summary>
    private static readonly string[] Books = ["keys", "log", "rewards.db", "receipts.db", "accounts.db", "epochs"];

    public string Path { get; }

    /// <summary>Whether it is one of the files that the box signs and counts in, or lies beside one, as SQLite's journals do.</summary>
    /// <param name="path">Below the folder, with slashes.</param>
    public static bool IsOfBooks(string path) => Books.Any(name => path == name || path.StartsWith(name + '/', StringComparison.Ordinal) || path.StartsWith(name + '-', StringComparison.Ordinal) || path == name + ".lock");

    /// <summary>Finished segments.</summary>
    public string Cache => System.IO.Path.Combine(Path, "cache");

    /// <summary>What the owner added to be served; need not be there.</summary>
    public string Library => System.IO.Path.Combine(Path, "library.json");

    /// <summary>Films on other machines that the owner added; need not be there.</summary>
    public string Remotes => System.IO.Path.Combine(Path, "remotes.json");

    /// <summary>Parts of them.</summary>
    public string Origins => System.IO.Path.Combine(Path, "origins");

    /// <summary>Films that were uploaded, and those that are being; one folder each.</summary>
    public string Uploads => System.IO.Path.Combine(Path, "uploads");

    /// <summary>What probing found, one file a source.</summary>
    public string Descriptions => System.IO.Path.Combine(Path, "descriptions");

    /// <summary>Jobs and what they make, one folder a job.</summary>
    public string Jobs => System.IO.Path.Combine(Path, "jobs");

    /// <summary>Who may do what: the owner's password, keys, sessions, and the trail of what was done by them.</summary>
    public string Access => System.IO.Path.Combine(Path, "access");

    /// <summary>That the box was restored from a backup, and its books wait; need not be there.</summary>
    public string Restored => System.IO.Path.Combine(Path, RestoredName);

    /// <summary>Where apps want to be told what happens, and what they are still to be told.</summary>
    public string Hooks => System.IO.Path.Combine(Path, "hooks");

    /// <summary>Where earlier versions kept the SHA-256 of the owner's one token; taken over at the start.</summary>
    public string EarlierOwnerToken => System.IO.Path.Combine(Path, "owner-token.sha256");

    /// <summary>The records of finished work.</summary>
    public string Ledger => System.IO.Path.Combine(Path, "rewards.db");

    /// <summary>Who paid in, what is reserved, who earned what.</summary>
    public string Accounts => System.IO.Path.Combine(Path, "accounts.db");

    /// <summary>Receipts of finished work.</summary>
    public string Receipts => System.IO.Path.Combine(Path, "receipts.db");

    /// <summary>Epochs that were closed, and their claims.</summary>
    public string Epochs => System.IO.Path.Combine(Path, "epochs");

    /// <summary>What the owner asks for work; need not be there.</summary>
    public string Prices => System.IO.Path.Combine(Path, "prices.json");

    /// <summary>Who is paid, and on which chain; need not be there.</summary>
    public string RewardsSettings => System.IO.Path.Combine(Path, "rewards.json");

    /// <summary>What was found of this box's encoders and decoders.</summary>
    public string Hardware => System.IO.Path.Combine(Path, "hardware.json");

    /// <summary>What the owner wants of them; need not be there.</summary>
    public string OwnersHardware => System.IO.Path.Combine(Path, "hardware.yaml");

    /// <summary>Profiles of machines beside those that come with the box; need not be there.</summary>
    public string Profiles => System.IO.Path.Combine(Path, "profiles");

    /// <summary>What the owner says of the box and the network; need not be there.</summary>
    public string Network => System.IO.Path.Combine(Path, "network.json");

    /// <summary>What the owner lets the box take; need not be there.</summary>
    public string Budget => System.IO.Path.Combine(Path, "budget.json");

    /// <summary>How far films were watched; need not be there.</summary>
    public string Watching => System.IO.Path.Combine(Path, "watching.json");

    /// <summary>The secrets that sign for this box.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The public log.</summary>
    public string Log => System.IO.Path.Combine(Path, "log");
}
