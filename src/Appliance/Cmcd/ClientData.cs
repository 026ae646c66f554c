using Transcode.Engine.Workers;

namespace Appliance.Cmcd;

/// <summary>What a player says of itself along with a request (CTA-5004, Common Media Client Data). It decides when work is
/// done and what is made ahead of need; never what the bytes are or what they are called.</summary>
internal sealed record ClientData
{
    /// <summary>A picture that stands still this soon is as good as standing: a segment at the top of the ladder takes a
    /// small box about so long.</summary>
    public static readonly TimeSpan StallMargin = TimeSpan.FromSeconds(4);

    /// <summary>How long a start gives way to whoever is about to stall. Those who step down need less; those who cannot, and stall
    /// again and again on a box too small for all, would keep it waiting for ever.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    /// <summary>Said by those who say nothing.</summary>
    public static readonly ClientData None = new();

    /// <summary><c>bl</c>: how much the player holds of what it asks for.</summary>
    public TimeSpan? Buffer { get; init; }

    /// <summary><c>dl</c>: when the first sample of this must be there, from the request on, or the picture stands still.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary><c>su</c>: it is wanted at once, for a start, a seek or the end of a stall.</summary>
    public bool Startup { get; init; }

    /// <summary><c>bs</c>: the picture stood still since the request before.</summary>
    public bool Starved { get; init; }

    /// <summary><c>nor</c>: what will be asked for next, relative to this request, decoded.</summary>
    public string? NextObject { get; init; }

    /// <summary><c>nrr</c>: which bytes will be asked for next.</summary>
    public string? NextRange { get; init; }

    /// <summary><c>mtp</c>: what the player takes for its throughput, in thousands of bits a second.</summary>
    public int? MeasuredThroughputKbps { get; init; }

    /// <summary><c>rtp</c>: the most it has a use for, in thousands of bits a second.</summary>
    public int? RequestedThroughputKbps { get; init; }

    /// <summary><c>tb</c>: the highest rendition it may play, in thousands of bits a second.</summary>
    public int? TopBitrateKbps { get; init; }

    /// <summary><c>ot</c>: <c>v</c> video, <c>a</c> sound, <c>av</c> both, <c>i</c> an init segment, <c>m</c> a playlist, and others.</summary>
    public string? ObjectType { get; init; }

    /// <summary><c>sid</c>: the playback session. Used for counting players, and nothing else.</summary>
    public string? Session { get; init; }

    /// <summary>How long the picture goes on without what is asked for, or null where the player does not say.</summary>
    public TimeSpan? Patience => Starved || Startup ? TimeSpan.Zero : Deadline ?? Buffer;

    /// <summary>How urgent this is once it has waited for so long.</summary>
    public WorkPriority PriorityAfter(TimeSpan waited) =>
        Starved ? WorkPriority.Stalling
        : Startup ? (waited < StartPatience ? WorkPriority.Starting : WorkPriority.Stalling)
        : Patience - waited < StallMargin ? WorkPriority.Stalling
        : WorkPriority.Playing;

    /// <summary>After how long a wait it becomes <see cref="WorkPriority.Stalling"/>; null where it is already, or nobody knows.</summary>
    public TimeSpan? StallsAfter => PriorityAfter(TimeSpan.Zero) switch
    {
        WorkPriority.Starting => StartPatience,
        WorkPriority.Playing => Patience - StallMargin,
        _ => null,
    };
}
