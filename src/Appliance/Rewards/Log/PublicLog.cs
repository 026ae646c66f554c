using System.Diagnostics.CodeAnalysis;
using Appliance.Backup;
using Appliance.Rewards.Settings;
using Appliance.Storage;
using global::Rewards.Entries;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Rewards.Log;

/// <summary>The box's log and the keys that sign it. Where they cannot be opened the box plays on, and says why there is no log: nothing is ever
/// made in place of what was lost.</summary>
internal sealed partial class PublicLog : IAsyncDisposable
{
    private volatile string? refusal;

    public PublicLog(DataFolder data, OwnersSettings owners, ILogger<PublicLog> logger)
    {
        try
        {
            if (RestoredMark.Read(data) is { } restored)
            {
                refusal = restored.Explanation;
                return;
            }

            Directory.CreateDirectory(data.Log);
            Keys = DeviceKeys.Open(data.Keys, KeyExpectation.None with { SignedBefore = TransparencyLog.IsThere(data.Log) });
            Log = Open(data, Keys, [.. owners.Witnesses.Select(witness => witness.Key)]);
            Salts = EntrySalts.Open(data.Keys, saltedBefore: Log.Size > 0);
        }
        catch (Exception exception) when (exception is KeyException or LogException or IOException or UnauthorizedAccessException or DllNotFoundException or TypeInitializationException)
        {
            refusal = exception.Message;
            NotOpened(logger, exception);
        }
    }

    /// <summary>After entries may have been appended, on any thread.</summary>
    public event Action? Grew;

    /// <summary>Null where they could not be opened.</summary>
    public DeviceKeys? Keys { get; }

    /// <summary>Null where it could not be opened.</summary>
    public TransparencyLog? Log { get; }

    public EntrySalts? Salts { get; }

    /// <summary>Why there is no log, or none that goes on, for the owner; null where all is well.</summary>
    public string? Refusal => refusal;

    [MemberNotNullWhen(true, nameof(Keys), nameof(Log), nameof(Salts))]
    public bool IsOpen => Keys is not null && Log is not null && Salts is not null;

    /// <summary>Opens the log of a box, or begins it where the folder is empty.</summary>
    /// <param name="data">Where it is.</param>
    /// <param name="keys">Of the box.</param>
    /// <param name="witnesses">Whose cosignatures are kept.</param>
    /// <exception cref="LogException">It is in use, damaged or another's.</exception>
    public static TransparencyLog Open(DataFolder data, DeviceKeys keys, IReadOnlyList<NoteKey> witnesses)
    {
        string origin = $"appliance/{keys.Identity.Device.ToLowerInvariant()}";
        return TransparencyLog.Open(
            data.Log, keys.Log, new() { Origin = origin, EarlierKeys = TransparencyLogOptions.EarlierKeysOf(keys.Identity, origin), Witnesses = witnesses });
    }

    /// <summary>Entries may have been appended.</summary>
    public void Tell() => Grew?.Invoke();

    /// <summary>It does not go on.</summary>
    public void Stop(string why) => refusal = why;

    public async ValueTask DisposeAsync()
    {
        if (Log is not null)
        {
            await Log.DisposeAsync();
        }

        Salts?.Dispose();
        Keys?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "There is no public log")]
    private static partial void NotOpened(ILogger logger, Exception exception);
}
