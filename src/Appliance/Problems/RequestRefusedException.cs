namespace Appliance.Problems;

/// <summary>A request that is not answered with what it asked for, noticed below its handler.</summary>
/// <param name="status">400 to 599.</param>
/// <param name="detail">One sentence for a person.</param>
/// <param name="retryAfterSeconds">When to try again, or null where that is no use.</param>
internal sealed class RequestRefusedException(int status, string detail, int? retryAfterSeconds = null) : Exception(detail)
{
    public int Status { get; } = status;

    public int? RetryAfterSeconds { get; } = retryAfterSeconds;

    /// <summary>One of <see cref="ProblemCode"/>, or null where its status tells enough.</summary>
    public string? Code { get; init; }
}
