using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>Why a device does not go on with a run, which is then software's from its first packet on.</summary>
/// <param name="Why">In a few words, to follow "because".</param>
/// <param name="Blame">Whose doing it is.</param>
internal sealed record GivenUp(string Why, DecoderBlame Blame)
{
    /// <summary>Software's pictures do too: it is the stream's doing, whatever the device makes of it.</summary>
    public static GivenUp Changes { get; } = new("its pictures change their shape or colour", DecoderBlame.Film);
}
