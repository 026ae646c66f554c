namespace Transcode.Engine.Workers;

/// <summary>The worker ended, or was ended, in the middle of an order.</summary>
internal sealed class WorkerLostException(WorkerEnd end, string reason) : Exception(reason)
{
    public WorkerEnd End { get; } = end;

    /// <summary>Whether a device's decoder may have been the cause.</summary>
    public bool HadDecoder { get; set; }

    public FailureCause Cause => End == WorkerEnd.Hung ? FailureCause.WorkerHung : FailureCause.WorkerDied;
}
