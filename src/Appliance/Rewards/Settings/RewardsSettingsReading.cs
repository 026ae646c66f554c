using System.Text.Json;
using Appliance.Storage;
using global::Rewards.Accounts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Settings;

/// <summary>Reads the owner's two files.</summary>
internal static class RewardsSettingsReading
{
    private const int LengthLimit = 64 * 1024;

    /// <exception cref="FormatException">A file says something that cannot be; the message names the file, and what.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read.</exception>
    public static RewardsSettings Read(DataFolder data)
    {
        PriceTable prices = Read(data.Prices, static bytes => PriceTable.Parse(bytes)) ?? PriceTable.Default;
        return Read(data.RewardsSettings, bytes => Of(Parse(bytes), prices)) ?? Of(new(), prices);
    }

    private static RewardsFile Parse(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, RewardsJson.Default.RewardsFile) ?? throw new FormatException("it is empty.");
        }
        catch (JsonException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static RewardsSettings Of(RewardsFile file, PriceTable prices)
    {
        IReadOnlyList<string> household = file.Household ?? [];
        if (household.Count > RewardsFile.HouseholdLimit)
        {
            throw new FormatException($"household names more than {RewardsFile.HouseholdLimit} addresses.");
        }

        SigningDomain domain = RewardsSettings.DomainOf(file.ChainId ?? RewardsSettings.LocalChain, file.Contract is null ? default : EthereumAddress.Parse(file.Contract));
        try
        {
            domain.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message, exception);
        }

        return new(
            domain,
            file.Payee is null ? null : EthereumAddress.Parse(file.Payee),
            household.Select(address => EthereumAddress.Parse(address)).ToHashSet(),
            prices,
            Witnesses(file.Witnesses ?? []));
    }

    private static List<LogWitnessSetting> Witnesses(IReadOnlyList<WitnessEntry?> entries)
    {
        if (entries.Count > RewardsFile.WitnessLimit)
        {
            throw new FormatException($"witnesses names more than {RewardsFile.WitnessLimit}.");
        }

        List<LogWitnessSetting> witnesses = [];
        foreach (WitnessEntry? entry in entries)
        {
            try
            {
                var witness = LogWitnessSetting.Of(entry);
                witnesses.Add(!witnesses.Any(other => other.Key.ToString() == witness.Key.ToString())
                    ? witness
                    : throw new FormatException($"{witness.Key.Name} is named before."));
            }
            catch (FormatException exception)
            {
                throw new FormatException($"witness {witnesses.Count + 1}: {exception.Message}", exception);
            }
        }

        return witnesses;
    }

    /// <summary>Null where there is no such file.</summary>
    private static T? Read<T>(string path, Func<byte[], T> parse)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string name = Path.GetFileName(path);
        if (new FileInfo(path).Length > LengthLimit)
        {
            throw new FormatException($"{name} has more than {LengthLimit} bytes.");
        }

        try
        {
            return parse(File.ReadAllBytes(path));
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{name}: {exception.Message}", exception);
        }
    }
}
