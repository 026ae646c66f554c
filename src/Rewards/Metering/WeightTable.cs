using System.Globalization;
using System.Text.Json;

namespace Rewards.Metering;

/// <summary>How work in different codecs is made comparable: published data, one version for ever the same.</summary>
/// <param name="Version">1 or more; every record names the version that was applied to it.</param>
/// <param name="Unit">What a weight of 1000 stands for, in words.</param>
/// <param name="DecodedPixel">Weight of a decoded pixel, in thousandths, 0 to 10^9.</param>
/// <param name="Encoded">Weights of what came out, each codec and depth at most once.</param>
public sealed record WeightTable(int Version, string Unit, int DecodedPixel, IReadOnlyList<EncodedWeight> Encoded)
{
    private const int Versions = 2;
    private const int Thousandths = 1000;
    private const int WeightLimit = 1_000_000_000;

    /// <summary>Every published version, the oldest first.</summary>
    public static IReadOnlyList<WeightTable> All { get; } = [.. Enumerable.Range(1, Versions).Select(version => Parse(Published(version)))];

    /// <summary>What is applied to new records.</summary>
    public static WeightTable Current => All[^1];

    /// <summary>A published version; null where this build knows none of that number.</summary>
    public static WeightTable? Of(int version) => All.FirstOrDefault(table => table.Version == version);

    /// <summary>The published bytes of a version.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static byte[] Published(int version)
    {
        using Stream stream = typeof(WeightTable).Assembly.GetManifestResourceStream(string.Create(CultureInfo.InvariantCulture, $"weights.v{version}.json"))
            ?? throw new ArgumentException($"There is no weight table {version} in this build.", nameof(version));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a weight table, or a weight is outside its range.</exception>
    public static WeightTable Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            WeightTable table = JsonSerializer.Deserialize(json, MeteringJson.Default.WeightTable)
                ?? throw new FormatException("The weight table is empty.");
            IEnumerable<int> weights = table.Encoded.SelectMany(e => new[] { e.PerPixel, e.PerFrame }).Append(table.DecodedPixel);
            return table.Version >= 1
                && weights.All(w => w is >= 0 and <= WeightLimit)
                && table.Encoded.DistinctBy(e => (e.Codec, e.BitDepth)).Count() == table.Encoded.Count
                ? table
                : throw new FormatException("The weight table has a version below 1, a weight outside 0 to 10^9, or a codec twice.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("The weight table is not the JSON it should be: " + exception.Message, exception);
        }
    }

    /// <summary>The work in encoded 8-bit H.264 pixels, rounded down.</summary>
    /// <exception cref="ArgumentException">There is no weight for the codec and depth: work is never guessed at.</exception>
    public long WeightedPixels(WorkMeasurement work) => WeightedPixels(work.Codec, work.BitDepth, work.PixelsIn, work.PixelsOut, work.Frames);

    /// <summary>The same of work that is only thought of. Counts are 0 to 2^53.</summary>
    /// <exception cref="ArgumentException">There is no weight for the codec and depth.</exception>
    public long WeightedPixels(string codec, int bitDepth, long pixelsIn, long pixelsOut, long frames)
    {
        EncodedWeight encoded = Encoded.FirstOrDefault(e => e.Codec == codec && e.BitDepth == bitDepth)
            ?? throw new ArgumentException($"Weight table {Version} has no weight for {codec} of {bitDepth} bits.");
        Int128 sum = ((Int128)pixelsIn * DecodedPixel) + ((Int128)pixelsOut * encoded.PerPixel) + ((Int128)frames * encoded.PerFrame);
        return checked((long)(sum / Thousandths));
    }
}
