using System.Text.Json;
using Appliance.Problems;

namespace Appliance.Jobs;

/// <summary>Tells a job's changes as they come (server-sent events, HTML Standard, 9.2). Each event is all about the job at
/// one moment, so a listener that missed some has missed nothing; <c>Last-Event-ID</c> saves it the one it has.</summary>
/// <remarks>The stream ends with the job. A listener that comes back with the last event of an ended job gets 204, which
/// tells it to stay away.</remarks>
internal sealed class JobEventsResult(Job job, JobListeners listeners, TimeProvider time, CancellationToken stopping) : IResult
{
    /// <summary>Proxies and phones close connections that say nothing for half a minute or so.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>No eye follows more than four bars a second.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext context)
    {
        string? last = context.Request.Headers["Last-Event-ID"];
        if (job.HasEnded && job.Look().Revision == last)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (!listeners.TryEnter())
        {
            context.Response.Headers.RetryAfter = "30";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{JobListeners.Limit} listen to jobs already.");
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, job.Removed);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await TellAsync(context.Response, last, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The listener went, the box stops, or the job was deleted: there is nothing more to tell.
        }
        finally
        {
            listeners.Leave();
        }
    }

    private async Task TellAsync(HttpResponse response, string? last, CancellationToken cancellationToken)
    {
        await response.Body.FlushAsync(cancellationToken);
        while (true)
        {
            bool isLast = job.HasEnded;
            (JobResponse now, string revision, Task changed) = job.Look();
            if (revision != last)
            {
                last = revision;
                string json = JsonSerializer.Serialize(now, JobsJson.Default.JobResponse);
                await response.WriteAsync($"id: {revision}\nevent: job\ndata: {json}\n\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                if (isLast)
                {
                    return;
                }

                await Task.Delay(Pace, time, cancellationToken);
            }

            try
            {
                await changed.WaitAsync(Heartbeat, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await response.Body.WriteAsync(Comment, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
    }
}
