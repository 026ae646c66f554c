using Transcode.Engine.Workers;

namespace Appliance.Problems;

/// <summary>How the engine's failures look over HTTP.</summary>
internal static class FailureMapping
{
    /// <summary>How long a client is asked to wait, in seconds, where trying again makes sense.</summary>
    private const int RetryAfterSeconds = 2;

    /// <summary>422 says that this source, or this place of it, will not come out however often one asks; 502 that its
    /// bytes could not be had; 503 that another try may do.</summary>
    public static int StatusOf(FailureCause cause) => cause switch
    {
        FailureCause.NotMedia or FailureCause.UnsupportedCodec or FailureCause.NothingDecodes
            or FailureCause.OutOfRange => StatusCodes.Status422UnprocessableEntity,

        // The bytes at this place ended two workers, and bytes do not change: to the client that is media nobody can use.
        FailureCause.Quarantined => StatusCodes.Status422UnprocessableEntity,
        // Nor will a box that has too little memory have more in a moment; who plays takes another rendition.
        FailureCause.BeyondMemory => StatusCodes.Status422UnprocessableEntity,
        FailureCause.SourceUnreadable => StatusCodes.Status502BadGateway,
        FailureCause.Overloaded or FailureCause.WorkerDied or FailureCause.WorkerHung => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static Task WriteAsync(HttpContext context, WorkFailure failure)
    {
        int status = StatusOf(failure.Cause);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
        }

        return Problem.WriteAsync(context, status, failure.Message, ProblemCode.Of(failure.Cause));
    }
}
