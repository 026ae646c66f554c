using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments;

/// <summary>How an audio recipe opens its encoder.</summary>
internal static class Aac
{
    /// <summary>The other coder, "twoloop", tunes itself over many seconds: with a fresh encoder a segment it is 10 dB worse
    /// (natural music at 128 kbit/s: 26 dB against 36), takes longer, and now and then spoils a frame altogether. Intensity
    /// stereo saves nothing at this rate and costs another 2 dB.</summary>
    private static readonly KeyValuePair<string, string>[] Options = [new("aac_coder", "fast"), new("aac_is", "0")];

    public static Encoder Open(AudioRecipe recipe) =>
        Encoder.Open(new AudioEncoderOptions(recipe.Encoder, recipe.SampleRate, recipe.Channels, recipe.BitRate, Options));
}
