using System.Text.Json;

namespace Rewards.Metering;

/// <summary>How work in different codecs is made comparable: published data, one version for ever the same.</summary>
/// <param name="Version">1 or more; every record names the version that was applied to it.</param>
/// <param name="Unit">What a weight of 1000 stands for, in words.</param>
/// <param name="DecodedPixel">Weight of a decoded pixel, in thousandths, 0 to 10^9.</param>
/// <param name="Encoded">Weights of what came out, each codec and depth at most once.</param>
public sealed record WeightTable(int Version, string Unit, int DecodedPixel, IReadOnlyList<EncodedWeight> Encoded)
{
    private const int Thousandths = 1000;
    private const int WeightLimit = 1_000_000_000;

    /// <summary>Version 1, as published beside this class.</summary>
    public static WeightTable V1 { get; } = Parse(PublishedV1());

    /// <summary>The published bytes of version 1.</summary>
    public static byte[] PublishedV1()
    {
        using Stream stream = typeof(WeightTable).Assembly.GetManifestResourceStream("weights.v1.json")
            ?? throw new InvalidOperationException("The weight table is missing from this build.");
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
