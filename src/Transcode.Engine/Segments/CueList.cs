using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments;

/// <summary>Cues as they are decoded, in the container's order.</summary>
/// <param name="leadingFields">How many fields of an event are before its text.</param>
internal sealed class CueList(int leadingFields = CueText.LeadingFields)
{
    /// <summary>A cue without a duration is shown for this long, or until the next.</summary>
    private const long UntoldMilliseconds = 5000;

    /// <summary>Cues taken in one stretch; a karaoke effect has some hundred a minute.</summary>
    private const int MaxCues = 4000;

    private readonly List<Cue> cues = [];

    /// <summary>Whether no more are taken.</summary>
    public bool IsFull => cues.Count >= MaxCues;

    /// <summary>Adds the words of a packet.</summary>
    /// <param name="decoder">Of the packet's stream.</param>
    /// <param name="packet">As it was read.</param>
    /// <param name="start">Its millisecond.</param>
    /// <param name="end">The millisecond at which it ends, or its own where it tells none.</param>
    public void Add(SubtitleDecoder decoder, AvPacket packet, long start, long end)
    {
        foreach (string dialogue in decoder.Decode(packet))
        {
            if (CueText.OfEvent(dialogue, leadingFields) is { Length: > 0 } text)
            {
                cues.Add(new(start, end, text));
            }
        }
    }

    /// <summary>All of them, those that were told no end with one.</summary>
    public List<Cue> Ended()
    {
        for (int i = 0; i < cues.Count; i++)
        {
            if (cues[i].EndMilliseconds <= cues[i].StartMilliseconds)
            {
                long start = cues[i].StartMilliseconds;
                long next = cues.Skip(i + 1).Select(cue => cue.StartMilliseconds).FirstOrDefault(later => later > start, long.MaxValue);
                cues[i] = cues[i] with { EndMilliseconds = Math.Min(next, start + UntoldMilliseconds) };
            }
        }

        return cues;
    }
}
