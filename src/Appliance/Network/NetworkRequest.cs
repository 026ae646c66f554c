using System.Text;

namespace Appliance.Network;

/// <summary>What the owner wants from now on: all of it, as what is left out is as by default.</summary>
/// <param name="Reach">Must be there.</param>
/// <param name="Port">As <see cref="NetworkSettings.Port"/>.</param>
/// <param name="LeaseSeconds">As <see cref="NetworkSettings.LeaseSeconds"/>.</param>
/// <param name="Name">As <see cref="NetworkSettings.Name"/>.</param>
internal sealed record NetworkRequest(bool? Reach, int? Port, int? LeaseSeconds, string? Name)
{
    /// <summary>A label of DNS (RFC 6763, 4.1.1).</summary>
    public const int LongestNameBytes = 63;

    /// <returns>What is wrong with it, for a person; null where nothing is.</returns>
    public static string? Mistake(NetworkSettings settings) =>
        settings.Port is < 1 or > ushort.MaxValue ? "port must be a number from 1 to 65535, or be left out."
        : settings.LeaseSeconds is < NetworkSettings.ShortestLeaseSeconds or > NetworkSettings.LongestLeaseSeconds
            ? $"leaseSeconds must be a number from {NetworkSettings.ShortestLeaseSeconds} to {NetworkSettings.LongestLeaseSeconds}, or be left out."
        : settings.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl) || Encoding.UTF8.GetByteCount(name) > LongestNameBytes || !name.IsNormalizedText())
            ? $"name must be text of at most {LongestNameBytes} bytes, without control characters, or be left out."
        : null;
}
