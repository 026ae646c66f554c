namespace Transcode.Engine.Workers;

/// <summary>How a worker came to its end, as far as it speaks against what it was working on.</summary>
internal enum WorkerEnd
{
    /// <summary>By a crash, by leaving, or for what it said.</summary>
    Fault,

    /// <summary>For making no progress.</summary>
    Hung,

    /// <summary>By somebody else's signal: the kernel's, short of memory, or a person's.</summary>
    Outside,
}
