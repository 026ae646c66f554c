namespace Transcode.Engine.Workers;

/// <summary>Where a piece of work failed.</summary>
public enum FailureStage
{
    Worker,
    Source,
    Probe,
    Demux,
    Decode,
    Filter,
    Encode,
    Mux,
}

/// <summary>Why a piece of work failed. A closed list: HTTP answers and receipts see these and nothing native.</summary>
public enum FailureCause
{
    /// <summary>The bytes of the source could not be read.</summary>
    SourceUnreadable,

    /// <summary>The bytes are not a container libav knows, or hold neither picture nor sound.</summary>
    NotMedia,

    /// <summary>The container was understood, but nothing decodes its codec.</summary>
    UnsupportedCodec,

    /// <summary>Decoding gave not one frame.</summary>
    NothingDecodes,

    /// <summary>The size, rate or number is outside what the engine takes.</summary>
    OutOfRange,

    /// <summary>The worker ended before it answered.</summary>
    WorkerDied,

    /// <summary>The worker made no progress within its time limit and was ended.</summary>
    WorkerHung,

    /// <summary>This source crashed or hung two workers at this index and is not tried again for an hour.</summary>
    Quarantined,

    /// <summary>The box has more work than it can hold.</summary>
    Overloaded,

    /// <summary>It takes more memory than this box may use.</summary>
    BeyondMemory,

    /// <summary>A fault of the engine itself.</summary>
    Internal,
}

/// <summary>A failure as it crosses the pipe.</summary>
public sealed record WorkFailure(FailureStage Stage, FailureCause Cause, string Message);

/// <summary>A piece of work failed, for a reason that can be shown.</summary>
public sealed class TranscodeException(WorkFailure failure, Exception? inner = null)
    : Exception(failure.Message, inner)
{
    public TranscodeException(FailureStage stage, FailureCause cause, string message, Exception? inner = null)
        : this(new WorkFailure(stage, cause, message), inner)
    {
    }

    public WorkFailure Failure { get; } = failure;
}
