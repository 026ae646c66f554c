using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;

namespace Appliance.Bench;

/// <summary>One way of encoding a rung, summed over segments: what it costs and what it gives.</summary>
/// <param name="name">For people.</param>
/// <param name="recipe">The rung.</param>
/// <param name="grid">The source's.</param>
/// <param name="options">libav's option names; they replace the recipe's own.</param>
/// <param name="x264">Further x264 parameters, each after a colon.</param>
internal sealed class EncodingTrial(
    string name, VideoRecipe recipe, Grid grid, IReadOnlyList<KeyValuePair<string, string>> options, string x264 = "")
{
    private double seconds;

    public string Name => name;

    public VideoRecipe Recipe => recipe;

    public PictureQuality Quality { get; } = new();

    public TimeSpan Cpu { get; private set; }

    /// <summary>Of the last segment.</summary>
    public long LastBits { get; private set; }

    public double BitsPerSecond => Bits / seconds;

    private long Bits { get; set; }

    /// <summary>Encodes one segment on this thread.</summary>
    /// <param name="pictures">Shaped for the recipe.</param>
    /// <param name="changed">Options of this segment only.</param>
    public Task EncodeAsync(IReadOnlyList<AvFrame> pictures, params KeyValuePair<string, string>[] changed) =>
        EncodeAsync(pictures, pictures, changed);

    /// <summary>Encodes one segment on this thread.</summary>
    /// <param name="pictures">Shaped for the recipe.</param>
    /// <param name="originals">What they are compared with when they are decoded.</param>
    /// <param name="changed">Options of this segment only.</param>
    public async Task EncodeAsync(
        IReadOnlyList<AvFrame> pictures, IReadOnlyList<AvFrame> originals, params KeyValuePair<string, string>[] changed)
    {
        using var stream = new MemoryStream();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        using (Encoder encoder = Open(changed))
        using (var packet = new AvPacket())
        {
            foreach (AvFrame? picture in pictures.Append(null))
            {
                while (!encoder.TrySend(picture))
                {
                    Take(encoder, packet, stream);
                }

                Take(encoder, packet, stream);
            }
        }

        Cpu += Environment.CpuUsage.TotalTime - before;
        LastBits = stream.Length * 8;
        Bits += LastBits;
        seconds += pictures.Count / grid.FrameRate.ToDouble();
        await Quality.AddAsync(stream.ToArray(), originals);
    }

    private static void Take(Encoder encoder, AvPacket packet, MemoryStream stream)
    {
        while (encoder.Receive(packet) == CodecAnswer.Delivered)
        {
            stream.Write(packet.Data);
        }
    }

    private Encoder Open(KeyValuePair<string, string>[] changed)
    {
        var all = new Dictionary<string, string>(VideoCodec.Of(recipe).Options(recipe, grid.SegmentFrames));
        foreach ((string key, string value) in options.Concat(changed))
        {
            all[key] = value;
        }

        // A target rate rules; a quality would rule it out.
        if (all.ContainsKey("b"))
        {
            all.Remove("crf");
        }

        all["x264-params"] += x264;
        return Encoder.Open(new VideoEncoderOptions(
            recipe.Encoder,
            recipe.Width,
            recipe.Height,
            LibAv.Layout.PixelFormats.Yuv420P,
            new((int)recipe.FrameRate.Numerator, (int)recipe.FrameRate.Denominator),
            AvUtil.av_color_space_from_name(recipe.Matrix),
            AvUtil.av_color_primaries_from_name(recipe.Primaries),
            AvUtil.av_color_transfer_from_name(recipe.Transfer),
            [.. all.Append(new("flags", Flags(all)))]));
    }

    /// <summary>The headers lie in the stream, for a decoder that sees nothing else.</summary>
    private static string Flags(Dictionary<string, string> all)
    {
        all.Remove("pass", out string? pass);
        return string.Create(CultureInfo.InvariantCulture, $"{(pass is null ? "" : $"+pass{pass}")}-global_header+bitexact");
    }
}
