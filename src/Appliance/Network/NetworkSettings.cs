using System.Text.Json.Serialization;

namespace Appliance.Network;

/// <summary>What the owner says of the box and the network.</summary>
/// <param name="Reach">Whether others outside the home may reach it. Nobody may unless he says so.</param>
/// <param name="Port">The port outside that he would like, 1 to 65535; null takes the box's own.</param>
/// <param name="LeaseSeconds">For how long a router is asked at a time, 10 to 86,400; null is <see cref="DefaultLeaseSeconds"/>.</param>
/// <param name="Name">What the home's other devices are shown, at most 63 bytes of UTF-8; null names the machine.</param>
internal sealed record NetworkSettings(bool Reach, int? Port, int? LeaseSeconds, string? Name)
{
    /// <summary>How long a router lets others in after the box lost its power.</summary>
    public const int DefaultLeaseSeconds = 3600;

    public const int ShortestLeaseSeconds = 10;
    public const int LongestLeaseSeconds = 86_400;

    public static readonly NetworkSettings Default = new(false, null, null, null);

    [JsonIgnore]
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds ?? DefaultLeaseSeconds);
}
