using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Tries what a description promises, so that a source that cannot be played is refused when it is added, with
/// its reason, and not when somebody presses play.</summary>
internal static class FirstLook
{
    /// <summary>Leaves out sound tracks whose decoder refuses them, and decodes and looks at the first picture.</summary>
    /// <exception cref="TranscodeException">No picture decodes, or there is only sound and none of it does.</exception>
    public static SourceDescription Confirm(SourceReader source, SourceDescription described)
    {
        List<AudioTrack> audio = [.. described.Audio.Where(track => Opens(source, track))];
        if (described.Video is null && audio.Count == 0)
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.UnsupportedCodec, $"Its sound ({described.Audio[0].Codec}) cannot be decoded.");
        }

        return described with { Video = Seen(source, described), Audio = audio };
    }

    /// <summary>The first picture also tells what the codec says and the container does not.</summary>
    private static VideoTrack? Seen(SourceReader source, SourceDescription described)
    {
        if (described.Video is not { } video)
        {
            return null;
        }

        using var reader = new PictureReader(source, described, firstFrame: 0);
        AvFrame first = reader.PictureAt(0);
        return video with
        {
            MasteringDisplay = video.MasteringDisplay ?? MasteringDisplay.From(first.MasteringDisplay),
            ContentLight = video.ContentLight ?? ContentLight.From(first.ContentLight),
        };
    }

    private static bool Opens(SourceReader source, AudioTrack track)
    {
        try
        {
            using var decoder = Decoder.Open(source.Container.Stream(track.StreamIndex), threads: 1);
            return true;
        }
        catch (AvException)
        {
            return false;
        }
    }
}
