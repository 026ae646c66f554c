using System.Net;
using System.Net.Http.Headers;

namespace Appliance.Sources.Remote;

/// <summary>Judges what origins answer.</summary>
internal static class OriginAnswers
{
    private const long LastModifiedStep = TimeSpan.TicksPerSecond;

    /// <param name="response">The headers of an answer.</param>
    /// <param name="offset">What was asked for.</param>
    /// <param name="count">In bytes.</param>
    /// <param name="known">What the film was; null at the first look.</param>
    /// <param name="limits">How long it may be.</param>
    /// <returns>What the film is.</returns>
    /// <exception cref="OriginException">The answer is not what was asked for.</exception>
    /// <exception cref="SourceGoneException">It is of another film.</exception>
    public static OriginFace Check(HttpResponseMessage response, long offset, long count, OriginFace? known, OriginLimits limits)
    {
        if (response.StatusCode is not (HttpStatusCode.PartialContent or HttpStatusCode.OK))
        {
            throw Failed(response, known);
        }

        HttpContentHeaders content = response.Content.Headers;
        if (content.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new OriginException("The origin sends the film compressed, though it was asked not to: parts of it cannot be had so.");
        }

        bool hasRanges = response.StatusCode == HttpStatusCode.PartialContent;
        long? total = hasRanges ? content.ContentRange is { Unit: "bytes" } range ? range.Length : null : content.ContentLength;
        if (total is not { } length)
        {
            throw new OriginException("The origin does not say how long the film is.");
        }

        (string? etag, DateTimeOffset? modified) = Validators(response);
        if (etag is null && modified is null)
        {
            throw new OriginException("The origin gives neither a strong ETag nor a Last-Modified, and so a changed film could not be told from the one it was.");
        }

        var face = new OriginFace(length, etag, etag is null ? modified : null, hasRanges);
        if (known is not null && !known.IsSame(face))
        {
            throw new SourceGoneException("The film of this source has changed where it lies; it is another source now.");
        }

        return hasRanges ? CheckPart(face, content, offset, Math.Min(count, length - offset), limits) : CheckWhole(face, known, limits);
    }

    /// <summary>What went wrong, as a person is told it.</summary>
    /// <returns>Null for what is thrown on as it is.</returns>
    public static Exception? Told(Exception exception, CancellationToken wanted) => exception switch
    {
        OperationCanceledException when !wanted.IsCancellationRequested => new OriginException("The origin did not answer in time.", isLate: true, mayPass: true, inner: exception),
        HttpRequestException { InnerException: OriginException told } => told,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new OriginException(
            "The origin could not be connected to safely: its certificate is not valid for its name, or it does not speak TLS.", inner: exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new OriginException("The origin's headers are too long.", inner: exception),
        HttpRequestException or HttpIOException => new OriginException("The connection to the origin broke, or it does not speak HTTP.", mayPass: true, inner: exception),
        _ => null,
    };

    private static OriginFace CheckPart(OriginFace face, HttpContentHeaders content, long offset, long count, OriginLimits limits)
    {
        if (face.Length is < 1 || face.Length > limits.Longest || offset >= face.Length)
        {
            throw new OriginException("The origin says that the film is of a length that none has.");
        }

        bool isExact = content.ContentRange is { HasRange: true } range && range.From == offset && range.To == offset + count - 1;
        return isExact && (content.ContentLength ?? count) == count
            ? face
            : throw new OriginException("The origin answered with another part of the film than it was asked for.");
    }

    private static OriginFace CheckWhole(OriginFace face, OriginFace? known, OriginLimits limits) =>
        known is { HasRanges: true } ? throw new OriginException("The origin gave parts of the film before, and now only the whole of it.")
        : face.Length < 1 ? throw new OriginException("The film is empty.")
        : face.Length > limits.LongestWhole ? throw new OriginException(
            $"The origin gives no parts of the film (no ranges), and it is too long to be taken whole: more than {limits.LongestWhole >> 20} MiB.")
        : face;

    /// <summary>RFC 9110, 8.8: a weak ETag does not promise the same bytes, and a time only where it was some while ago.</summary>
    private static (string? ETag, DateTimeOffset? LastModified) Validators(HttpResponseMessage response)
    {
        string? etag = response.Headers.ETag is { IsWeak: false, Tag: { Length: > 2 } tag } ? tag : null;
        DateTimeOffset? modified = response.Content.Headers.LastModified;
        bool isOld = modified is { } at && (response.Headers.Date ?? at.AddDays(1)).Ticks - at.Ticks >= LastModifiedStep;
        return (etag, isOld ? modified : null);
    }

    private static Exception Failed(HttpResponseMessage response, OriginFace? known)
    {
        int status = (int)response.StatusCode;
        return status switch
        {
            // A part that was there is there no more.
            StatusCodes.Status412PreconditionFailed or StatusCodes.Status416RangeNotSatisfiable when known is not null =>
                new SourceGoneException("The film of this source has changed where it lies; it is another source now."),
            StatusCodes.Status416RangeNotSatisfiable => new OriginException("The film is empty."),
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => new OriginException($"The origin does not let the box have the film (HTTP {status})."),
            StatusCodes.Status404NotFound or StatusCodes.Status410Gone => new OriginException($"There is no film at the URL (HTTP {status})."),
            StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests or >= 500 => new OriginException($"The origin cannot answer now (HTTP {status}).", mayPass: true)
            {
                RetryAfter = response.Headers.RetryAfter is { } wanted ? wanted.Delta ?? (wanted.Date - DateTimeOffset.UtcNow) : null,
            },
            _ => new OriginException($"The origin answered with what is no film (HTTP {status})."),
        };
    }
}
