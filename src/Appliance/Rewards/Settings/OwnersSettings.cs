using Appliance.Storage;

namespace Appliance.Rewards.Settings;

/// <summary>The owner's two files as they were at the start. Log and books both go by them.</summary>
internal sealed class OwnersSettings
{
    private readonly RewardsSettings? settings;
    private readonly Exception? fault;

    public OwnersSettings(DataFolder data)
    {
        try
        {
            settings = RewardsSettingsReading.Read(data);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            fault = exception;
        }
    }

    /// <exception cref="FormatException">A file makes no sense, or cannot be read; the message names it, and what.</exception>
    public RewardsSettings Settings => settings ?? throw new FormatException(fault!.Message, fault);

    /// <summary>Who is asked to cosign the log: nobody, where the files make no sense.</summary>
    public IReadOnlyList<LogWitnessSetting> Witnesses => settings?.Witnesses ?? [];
}
