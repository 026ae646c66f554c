using Transcode.Engine.Workers;

namespace Appliance.Problems;

/// <summary>What happened, as one word for a program: it stays the same when the sentence beside it is put better, and a page says it in its reader's language.</summary>
internal static class ProblemCode
{
    /// <summary>The member of problem+json (RFC 9457, 3.2) that holds it.</summary>
    public const string Member = "code";

    /// <summary>No work can be taken on in time; a lower rendition may come.</summary>
    public const string Busy = "busy";

    /// <summary>It is still being found out what the source is.</summary>
    public const string Probing = "probing";

    /// <summary>There is no source of that name.</summary>
    public const string NoSuchSource = "no-such-source";

    /// <summary>The source's bytes are not what they were.</summary>
    public const string SourceGone = "source-gone";

    /// <summary>The machine that has the film answers nothing that is of use.</summary>
    public const string OriginFails = "origin-fails";

    /// <summary>The machine that has the film is too slow.</summary>
    public const string OriginLate = "origin-late";

    /// <summary>The appliance is on its way out.</summary>
    public const string Stopping = "stopping";

    /// <summary>Why work failed.</summary>
    public static string Of(FailureCause cause) => cause switch
    {
        FailureCause.SourceUnreadable => "source-unreadable",
        FailureCause.NotMedia => "not-media",
        FailureCause.UnsupportedCodec => "unsupported-codec",
        FailureCause.NothingDecodes => "nothing-decodes",
        FailureCause.OutOfRange => "out-of-range",
        FailureCause.WorkerDied => "worker-died",
        FailureCause.WorkerHung => "worker-hung",
        FailureCause.Quarantined => "quarantined",
        FailureCause.Overloaded => "overloaded",
        FailureCause.BeyondMemory => "beyond-memory",
        _ => "internal",
    };
}
