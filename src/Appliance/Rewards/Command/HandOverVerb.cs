using System.Globalization;
using Appliance.Rewards.Log;
using Appliance.Startup;
using Appliance.Storage;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>The verb <c>rewards hand-over</c>: puts a new key in the place of one of the box's, signed by both. The box must not run meanwhile.</summary>
internal static class HandOverVerb
{
    public static async Task RunAsync(RewardsOptions options, TextWriter output)
    {
        KeyKind kind = options.Argument switch
        {
            "device" => KeyKind.Device,
            "log" => KeyKind.Log,
            _ => throw new UsageException("rewards hand-over wants device or log."),
        };
        string folder = options.DataFolder;
        if (!Directory.Exists(folder))
        {
            throw new CommandStoppedException($"There is no box in {folder}: name its data folder (--data).");
        }

        var data = new DataFolder(folder);
        try
        {
            using DeviceKeys keys = DeviceKeys.Open(data.Keys, KeyExpectation.None with { SignedBefore = true });
            // While it is open here, no box that runs has it: the keys of one that does must not change.
            await using TransparencyLog log = PublicLog.Open(data, keys, []);
            string? kept = kind is KeyKind.Device ? Keep(data, keys.Device.Address) : null;
            KeyHandover handover = keys.HandOver(kind, TimeProvider.System.GetUtcNow());
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Hand-over {handover.Number}: {handover.NewKey} signs in the place of {handover.OldKey}. Back up {data.Keys} anew."));
            await output.WriteLineAsync(kept is null
                ? $"Give it to those who go by the log's key: {new NoteKey(log.VerifierKey.Name, NoteKey.PlainType, keys.Log.PublicKey)}"
                : $"What was earned by the old address is claimed with its key, which was kept as {kept}.");
        }
        catch (Exception exception) when (exception is KeyException or LogException or IOException or UnauthorizedAccessException)
        {
            throw new CommandStoppedException(exception.Message);
        }
    }

    /// <summary>A copy of the device's key, since its address may have earned.</summary>
    private static string Keep(DataFolder data, EthereumAddress address)
    {
        string kept = Path.Combine(data.Keys, $"device.key.{address}");
        DurableFile.Write(kept, [File.ReadAllBytes(Path.Combine(data.Keys, "device.key"))], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return kept;
    }
}
