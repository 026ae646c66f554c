using System.Globalization;
using Appliance.Backup;
using Appliance.Jobs;
using Appliance.Rewards.Log;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Rewards.Settings;
using Appliance.Startup;
using Appliance.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using global::Rewards.Log;
using global::Rewards.Metering;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>The verbs <c>rewards go-on</c> and <c>rewards begin-anew</c>: how the books of a restored box go on. The box must not run meanwhile.</summary>
internal static class RestoredVerbs
{
    /// <summary>With the books as they are. Witnesses tell whether more was signed, where there are any.</summary>
    public static async Task GoOnAsync(RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        DataFolder data = Folder(options);
        try
        {
            RequireRestored(RestoredMark.Read(data));
            await RequireStoppedAsync(data);
            int asked = options.Has("--unasked") ? 0 : await AskWitnessesAsync(data, cancellationToken);
            File.Delete(data.Restored);
            await output.WriteLineAsync(asked > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{(asked == 1 ? "The witness knows" : $"All {asked} witnesses know")} nothing that came after. The next start goes on with the books.")
                : "Nobody was asked whether something came after. The next start goes on with the books.");
        }
        catch (Exception exception) when (exception is KeyException or LogException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandStoppedException(exception.Message);
        }
    }

    /// <summary>Puts keys and books aside, and the orders in them: the next start makes others. One that was cut short is gone on with.</summary>
    public static async Task BeginAnewAsync(RewardsOptions options, TextWriter output)
    {
        DataFolder data = Folder(options);
        try
        {
            RestoredMark mark = Mark(data);
            await RequireStoppedAsync(data);
            if (mark.PutAside is null)
            {
                mark = mark with { PutAside = string.Create(CultureInfo.InvariantCulture, $"before-{mark.At.UtcDateTime:yyyyMMdd-HHmmss}") };
                mark.Write(data.Path);
            }

            string aside = Path.Combine(data.Path, mark.PutAside!);
            PrivateFolders.Make(aside);
            foreach (JobRecord order in new JobJournal(data, NullLogger<JobJournal>.Instance).Load().Where(job => job.Payment is not null))
            {
                Move(data.Path, aside, Path.Combine("jobs", order.Id));
            }

            foreach (string name in Directory.EnumerateFileSystemEntries(data.Path).Select(entry => Path.GetFileName(entry)).Where(DataFolder.IsOfBooks).ToList())
            {
                Move(data.Path, aside, name);
            }

            // Who is paid, and what work costs, is the owner's word: it holds for both.
            CopySettings(data, aside);
            File.Delete(data.Restored);
            await output.WriteLineAsync($"The next start makes new keys and new books. The old ones are in {aside}: a box that is started with --data on it shows them, for audits and claims. Deposits that they hold are to be entered anew.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandStoppedException(exception.Message);
        }
    }

    private static DataFolder Folder(RewardsOptions options) => Directory.Exists(options.DataFolder)
        ? new DataFolder(options.DataFolder)
        : throw new CommandStoppedException($"There is no box in {options.DataFolder}: name its data folder (--data).");

    private static void RequireRestored(RestoredMark? mark)
    {
        if (mark is null)
        {
            throw new CommandStoppedException("This box was not restored, or its books go on already.");
        }

        if (mark.PutAside is not null)
        {
            throw new CommandStoppedException("Beginning anew was cut short: say rewards begin-anew once more.");
        }
    }

    /// <summary>One that is damaged says that the box was restored, and no more: that is enough to begin anew.</summary>
    private static RestoredMark Mark(DataFolder data)
    {
        try
        {
            return RestoredMark.Read(data) ?? throw new CommandStoppedException("This box was not restored, or its books go on already.");
        }
        catch (IOException) when (File.Exists(data.Restored))
        {
            return new(File.GetLastWriteTimeUtc(data.Restored), PutAside: null);
        }
    }

    /// <summary>A box that runs holds its ledger.</summary>
    private static async Task RequireStoppedAsync(DataFolder data)
    {
        if (!File.Exists(data.Ledger))
        {
            return;
        }

        try
        {
            await WorkLedger.Open(data.Ledger, new WorkLedgerOptions(), TimeProvider.System).DisposeAsync();
        }
        catch (LedgerException exception)
        {
            throw new CommandStoppedException(exception.Message);
        }
    }

    /// <returns>How many there are; all of them cosigned the log as it is here.</returns>
    private static async Task<int> AskWitnessesAsync(DataFolder data, CancellationToken cancellationToken)
    {
        IReadOnlyList<LogWitnessSetting> witnesses = RewardsSettingsReading.Read(data).Witnesses;
        if (!TransparencyLog.IsThere(data.Log))
        {
            return 0;
        }

        using DeviceKeys keys = DeviceKeys.Open(data.Keys, KeyExpectation.None with { SignedBefore = true });
        await using TransparencyLog log = PublicLog.Open(data, keys, [.. witnesses.Select(witness => witness.Key)]);
        using var client = new WitnessClient(new WitnessingOptions());
        foreach (LogWitnessSetting witness in witnesses)
        {
            try
            {
                await new CosignatureRequest(witness, log, client).SendAsync(log.Size, log.RequestCosignature(log.Size).Note, cancellationToken);
            }
            catch (WitnessTroubleException exception)
            {
                throw new CommandStoppedException(exception.IsFork
                    ? $"{witness.Key.Name}: {exception.Message} Say rewards begin-anew."
                    : $"{witness.Key.Name} could not be asked whether something came after: {exception.Message} Try again later; --unasked goes on without.");
            }
        }

        return witnesses.Count;
    }

    private static void Move(string from, string to, string name)
    {
        string target = Path.Combine(to, name);
        PrivateFolders.Make(Path.GetDirectoryName(target)!);
        Directory.Move(Path.Combine(from, name), target);
    }

    private static void CopySettings(DataFolder data, string aside)
    {
        foreach (string settings in new[] { data.RewardsSettings, data.Prices }.Where(File.Exists))
        {
            File.Copy(settings, Path.Combine(aside, Path.GetFileName(settings)), overwrite: true);
        }
    }
}
