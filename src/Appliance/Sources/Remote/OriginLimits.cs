namespace Appliance.Sources.Remote;

/// <summary>How long an origin is waited for, and how much is asked of it.</summary>
internal sealed record OriginLimits
{
    /// <summary>To a connection, for all addresses of a name together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From a request to the last of its answer's headers, connecting included.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From one piece of a body to the next.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a reader waits for a block. What it waited for is fetched to its end all the same, and is there for the next try.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Before a failed request is tried again; each further wait is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest that an origin's Retry-After is obeyed while a reader waits; one that wants longer has failed.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an origin that failed is left alone; until then readers are told the same.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Requests in a row that may fail without a block having come.</summary>
    public int Tries { get; init; } = 4;

    public int Redirects { get; init; } = 5;

    /// <summary>Requests to one machine at once.</summary>
    public int AtOncePerHost { get; init; } = 4;

    /// <summary>Requests at once in all.</summary>
    public int AtOnce { get; init; } = 16;

    /// <summary>The longest film, in bytes.</summary>
    public long Longest { get; init; } = 1L << 40;

    /// <summary>The longest film that is taken whole from a server without ranges, in bytes.</summary>
    public long LongestWhole { get; init; } = 256L << 20;
}
