using System.Diagnostics;
using System.Globalization;
using Appliance.Cmcd;
using Appliance.Problems;
using Appliance.Transport;

namespace Appliance.Playback;

/// <summary>Answers with an artifact, as it is made or as it is kept.</summary>
/// <param name="cache">Where it comes from.</param>
/// <param name="artifact">What it is.</param>
/// <param name="contentType">As <c>video/mp4</c>.</param>
/// <param name="cacheControl">How long others may keep it.</param>
internal sealed class ArtifactResult(
    SegmentCache cache, Artifact artifact, string contentType, string cacheControl) : IResult
{
    /// <summary>What lies below an address that names recipe and engine build never changes.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>How urgently the client waits.</summary>
    public Urgency Urgency { get; init; } = Urgency.Playing;

    /// <summary>Called before anything is made; what it throws is the answer.</summary>
    public Action? Admit { get; init; }

    /// <summary>Called when the first of it is there, with how long the client has waited for that.</summary>
    public Action<TimeSpan>? Begun { get; init; }

    /// <summary>Called when all that was asked for has gone out.</summary>
    public Action? Delivered { get; init; }

    public async Task ExecuteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = artifact.ETag;
        response.Headers.CacheControl = cacheControl;
        response.Headers.AcceptRanges = "bytes";
        if (!EntityTags.NoneMatches(context.Request, artifact.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Asking about a segment is no reason to make it; its length is told when it is known.
            response.ContentLength = cache.KnownLength(artifact.Key);
            return;
        }

        Admit?.Invoke();
        using (ArtifactReader reader = cache.Open(artifact, Urgency))
        {
            if (!await SendAsync(context, reader))
            {
                return;
            }
        }

        Delivered?.Invoke();
    }

    private async Task<bool> SendAsync(HttpContext context, ArtifactReader reader)
    {
        HttpResponse response = context.Response;
        CancellationToken gone = context.RequestAborted;
        var part = new ByteRange(0, long.MaxValue);
        long started = Stopwatch.GetTimestamp();
        if (ByteRange.TryReadHeader(context.Request, artifact.ETag, out var item))
        {
            long length = await reader.CompleteAsync(gone);
            if (ByteRange.Of(item, length) is not { } range)
            {
                await RefuseRangeAsync(context, length);
                return false;
            }

            part = range;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Count - 1}/{length}");
            response.ContentLength = range.Count;
        }
        else
        {
            await reader.BeginAsync(gone);
            response.ContentLength = reader.KnownLength;
        }

        TimeSpan held = Stopwatch.GetElapsedTime(started);
        PlaybackMeter meter = context.RequestServices.GetRequiredService<PlaybackMeter>();
        meter.Begun(reader.Origin, held);
        Begun?.Invoke(held);
        response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture, $"cache;desc=\"{reader.Origin}\", first;dur={held.TotalMilliseconds:F1}");
        ServerData.WriteHeld(response.Headers, held);

        // Once the head is written, the body's memory is the connection's own.
        await response.StartAsync(gone);
        if (reader is StoredReader stored && part.Count >= stored.KnownLength && FileSending.SenderOf(context) is { } sender)
        {
            await stored.SendAsync(sender, response.BodyWriter, gone);
        }
        else
        {
            await reader.CopyToAsync(response.BodyWriter, part.Offset, part.Count, gone);
        }

        meter.Sent(reader.Origin, Math.Min(part.Count, reader.KnownLength - part.Offset ?? 0));
        return true;
    }

    private static Task RefuseRangeAsync(HttpContext context, long length)
    {
        context.Response.Headers.ETag = default;
        context.Response.Headers.CacheControl = default;
        context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
        return Problem.WriteAsync(
            context, StatusCodes.Status416RangeNotSatisfiable, $"The range lies outside: there are {length} bytes.");
    }
}
