using Appliance.Problems;
using Transcode.Engine.Workers;

namespace Appliance.Sources.Remote;

/// <summary>The bytes of a remote source cannot be had now. The message is one sentence for a person, and names neither address nor URL; as an <see cref="IOException"/>
/// it also tells a worker that asks for them.</summary>
/// <param name="message">What the matter is.</param>
/// <param name="isLate">Whether the origin was too slow; else it answered what is no use, or not at all.</param>
/// <param name="mayPass">Whether another try in a moment may do.</param>
/// <param name="inner">What was met.</param>
internal sealed class OriginException(string message, bool isLate = false, bool mayPass = false, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What an origin did that work failed over: it says nothing of the film, and may be otherwise in a moment.</summary>
    /// <returns>Null where it was something else.</returns>
    public static OriginException? Behind(TranscodeException exception)
    {
        for (Exception? cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is OriginException origin)
            {
                return origin;
            }

            if (cause is TimeoutException)
            {
                return new("The origin is too slow.", isLate: true, mayPass: true, cause);
            }
        }

        return null;
    }

    /// <summary>How it is told over HTTP.</summary>
    public int Status => isLate ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway;

    public string Code => isLate ? ProblemCode.OriginLate : ProblemCode.OriginFails;

    public bool MayPass => mayPass;

    /// <summary>How long the origin asked to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
