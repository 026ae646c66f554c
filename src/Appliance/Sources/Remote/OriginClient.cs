using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Appliance.Sources.Remote;

/// <summary>Asks origins for parts of films, a bounded number at once, and believes an answer only where it is exactly what was asked for.</summary>
internal sealed class OriginClient : IDisposable
{
    private readonly OriginLimits limits;
    private readonly HttpClient client;
    private readonly SemaphoreSlim atOnce;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> perHost = [];

    public OriginClient(OriginConnections connections, OriginLimits limits)
    {
        this.limits = limits;
        client = new HttpClient(connections.Handler(limits)) { Timeout = Timeout.InfiniteTimeSpan };
        atOnce = new(limits.AtOnce);
    }

    public void Dispose()
    {
        client.Dispose();
        atOnce.Dispose();
    }

    /// <summary>Asks what a film is, by its first byte. What may pass is tried again.</summary>
    /// <exception cref="OriginException">It cannot be had, or not as films must be.</exception>
    public Task<OriginFace> LookAsync(OriginUrl url, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            using OriginAnswer answer = await AskAsync(url, 0, 1, known: null, cancellationToken);
            return answer.Face;
        },
        cancellationToken);

    /// <summary>Reads a few bytes exactly. What may pass is tried again.</summary>
    /// <param name="url">Of what.</param>
    /// <param name="face">What it was, with ranges.</param>
    /// <param name="offset">At least 0.</param>
    /// <param name="count">At least 1, within the film.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OriginException">It cannot be had.</exception>
    /// <exception cref="SourceGoneException">It is another film now.</exception>
    public Task<byte[]> ReadAsync(OriginUrl url, OriginFace face, long offset, int count, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            using OriginAnswer answer = await AskAsync(url, offset, count, face, cancellationToken);
            byte[] bytes = new byte[count];
            for (int filled = 0; filled < count;)
            {
                filled += await answer.ReadAsync(bytes.AsMemory(filled), cancellationToken);
            }

            return bytes;
        },
        cancellationToken);

    /// <summary>Asks for a part, once.</summary>
    /// <param name="url">Of what.</param>
    /// <param name="offset">At least 0.</param>
    /// <param name="count">Bytes, at least 1.</param>
    /// <param name="known">What the film was when it was looked at, whose length bounds the part; null at the first look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>An answer whose body is that part, or the whole of a film that has no ranges.</returns>
    /// <exception cref="OriginException">It cannot be had.</exception>
    /// <exception cref="SourceGoneException">It is another film now.</exception>
    public async Task<OriginAnswer> AskAsync(OriginUrl url, long offset, long count, OriginFace? known, CancellationToken cancellationToken)
    {
        SemaphoreSlim ofHost = perHost.GetOrAdd(url.Host, _ => new(limits.AtOncePerHost));
        await ofHost.WaitAsync(cancellationToken);
        try
        {
            await atOnce.WaitAsync(cancellationToken);
        }
        catch
        {
            ofHost.Release();
            throw;
        }

        void Leave()
        {
            atOnce.Release();
            ofHost.Release();
        }

        HttpResponseMessage? response = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Headers);
        try
        {
            response = await FollowAsync(url, offset, count, known, patience.Token);
            OriginFace face = OriginAnswers.Check(response, offset, count, known, limits);
            return new(response, await response.Content.ReadAsStreamAsync(patience.Token), face, limits.Stall, Leave);
        }
        catch (Exception exception)
        {
            response?.Dispose();
            Leave();
            if (OriginAnswers.Told(exception, cancellationToken) is { } told)
            {
                throw told;
            }

            throw;
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static HttpRequestMessage Request(OriginUrl url, long offset, long count, OriginFace? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url.Uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (known is not { HasRanges: false })
        {
            request.Headers.Range = new RangeHeaderValue(offset, offset + count - 1);
        }

        if (known is { HasRanges: true })
        {
            request.Headers.TryAddWithoutValidation("If-Range", known.Validator);
        }

        return request;
    }

    /// <summary>Goes where the origin sends, a bounded number of times. Every connection on the way is judged like the first.</summary>
    private async Task<HttpResponseMessage> FollowAsync(OriginUrl url, long offset, long count, OriginFace? known, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = Request(url, offset, count, known);
            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                url = redirects < limits.Redirects ? url.Follow(response.Headers.Location) : throw new OriginException($"The origin redirects more than {limits.Redirects} times.");
            }
        }
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (OriginException exception) when (Pause(exception, attempt) is { } pause)
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    /// <summary>How long to wait before another try.</summary>
    /// <param name="exception">Why the last one failed.</param>
    /// <param name="attempt">How many failed before it, in a row.</param>
    /// <returns>Null where it is not tried again.</returns>
    public TimeSpan? Pause(OriginException exception, int attempt) =>
        !exception.MayPass || attempt + 1 >= limits.Tries || exception.RetryAfter > limits.LongestPause ? null
        : exception.RetryAfter is { } wanted && wanted > limits.Pause ? wanted
        : TimeSpan.FromTicks(Math.Min(limits.Pause.Ticks << attempt, limits.LongestPause.Ticks));
}
