using System.Globalization;

namespace Appliance.Cmcd;

/// <summary>What the box says of itself along with an answer (CTA-5006, Common Media Server Data).</summary>
/// <param name="MaxBitrateKbps"><c>mb</c>: the highest rendition it can keep up with, in thousands of bits a second, or null where
/// that is not known yet.</param>
/// <param name="ThroughputKbps"><c>etp</c>: how fast it makes what was asked for, for one player among those there are, or null.</param>
/// <param name="Duress"><c>du</c>: whether that is more than it can keep up with.</param>
internal sealed record ServerData(int? MaxBitrateKbps, int? ThroughputKbps, bool Duress)
{
    /// <summary>Said before anything was measured.</summary>
    public static readonly ServerData Nothing = new(null, null, Duress: false);

    /// <summary>Who speaks (CTA-5006, <c>CMSD-Dynamic</c>).</summary>
    private const string Server = "\"appliance\"";

    public void WriteTo(IHeaderDictionary headers) => headers["CMSD-Dynamic"] = string.Concat(
        Server,
        ThroughputKbps is { } throughput ? string.Create(CultureInfo.InvariantCulture, $";etp={throughput}") : "",
        MaxBitrateKbps is { } bitrate ? string.Create(CultureInfo.InvariantCulture, $";mb={bitrate}") : "",
        Duress ? ";du" : "");

    /// <summary>Adds how long an answer was held back until its first byte was made: <c>ht</c>, to the nearest millisecond.</summary>
    public static void WriteHeld(IHeaderDictionary headers, TimeSpan held) => headers["CMSD-Static"] =
        string.Create(CultureInfo.InvariantCulture, $"ht={(long)held.TotalMilliseconds}");
}
