using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments.Captions;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Tries what a description promises, so that a source that cannot be played is refused when it is added, with
/// its reason, and not when somebody presses play.</summary>
internal static class FirstLook
{
    /// <summary>Pictures looked at for being fields: a file may begin with a title that is none.</summary>
    private const int PicturesLookedAt = 8;

    /// <summary>Leaves out sound tracks whose decoder refuses them, and decodes the first pictures. Where these turn out to be
    /// fields, or none decodes but there is sound, the source is described anew.</summary>
    /// <exception cref="TranscodeException">No picture decodes, or there is only sound and none of it does.</exception>
    public static SourceDescription Confirm(SourceReader source, SourceDescription described)
    {
        List<AudioTrack> audio = [.. described.Audio.Where(track => Opens(source, track))];
        if (described.Video is null && audio.Count == 0)
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.UnsupportedCodec, $"Its sound ({described.Audio[0].Codec}) cannot be decoded.");
        }

        if (described.Video is not { } video)
        {
            return described with { Audio = audio };
        }

        try
        {
            (bool showsFields, bool hasCaptions, VideoTrack seen) = LookAt(source, described, video);
            SourceDescription found = !showsFields || video.Interlaced
                ? described with { Video = seen, Audio = audio }
                : Prober.Describe(source, interlaced: true) with { Video = seen with { Interlaced = true }, Audio = audio };
            return hasCaptions && CaptionLook.Finds(source, found) ? found with { Text = [.. found.Text, CaptionsOf(video)] } : found;
        }
        catch (TranscodeException exception)
            when (audio.Count > 0 && exception.Failure.Cause is (FailureCause.NothingDecodes or FailureCause.UnsupportedCodec))
        {
            return Prober.DescribeSound(source, exception.Failure.Message) with { Audio = audio };
        }
    }

    /// <summary>The first channel of captions, which bears its name. Nothing says which language it is in.</summary>
    private static TextTrack CaptionsOf(VideoTrack video) =>
        new(video.StreamIndex, SubtitleCodecs.Captions, TextForm.Words, Language: null, "CC1", TrackRoles.HearingImpaired);

    /// <summary>Whether the first pictures are fields, or have room for captions, and what the first tells that the codec says
    /// and the container does not.</summary>
    /// <exception cref="TranscodeException">No picture decodes.</exception>
    private static (bool ShowsFields, bool HasCaptions, VideoTrack Seen) LookAt(SourceReader source, SourceDescription described, VideoTrack video)
    {
        using var reader = new PictureReader(source, described, firstFrame: 0, deinterlacer: null);
        AvFrame first = reader.PictureAt(0);
        VideoTrack seen = video with
        {
            MasteringDisplay = video.MasteringDisplay ?? MasteringDisplay.From(first.MasteringDisplay),
            ContentLight = video.ContentLight ?? ContentLight.From(first.ContentLight),
        };
        bool showsFields = false;
        bool hasCaptions = false;
        for (int frame = 0; frame < Math.Min(PicturesLookedAt, described.Grid.FrameCount); frame++)
        {
            AvFrame picture = reader.PictureAt(frame);
            showsFields |= picture.IsInterlaced;
            hasCaptions |= picture.HasCaptions;
        }

        return (showsFields, hasCaptions, seen);
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
