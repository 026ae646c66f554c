using Appliance.Startup;
using Appliance.Storage;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>Whose key a verb signs with.</summary>
internal static class CommandKey
{
    /// <param name="options">What was told.</param>
    /// <param name="name">The option that names a file of 64 hexadecimal digits; without it, the key is the box's own, in its data folder.</param>
    /// <exception cref="CommandStoppedException">There is no such key.</exception>
    public static DeviceKey Read(RewardsOptions options, string name)
    {
        try
        {
            if (options.Values.TryGetValue(name, out string? file))
            {
                string digits = File.ReadAllText(file).Trim();
                return DeviceKey.FromSecret(Convert.FromHexString(digits.StartsWith("0x", StringComparison.Ordinal) ? digits[2..] : digits));
            }

            string folder = options.DataFolder;
            return Directory.Exists(folder)
                ? DeviceKeys.Open(new DataFolder(folder).Keys, KeyExpectation.None with { SignedBefore = true }).Device
                : throw new CommandStoppedException($"There is no key to sign with: {folder} is not there. Name the box's data folder (--data), or another key ({name}).");
        }
        catch (Exception exception) when (exception is KeyException or IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new CommandStoppedException($"There is no key to sign with: {exception.Message}");
        }
    }
}
