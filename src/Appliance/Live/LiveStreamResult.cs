using System.Text.Json;
using Appliance.Problems;
using Appliance.Sources;

namespace Appliance.Live;

/// <summary>Hints that something has changed, as they come (server-sent events, HTML Standard, 9.2).</summary>
/// <remarks>
/// A hint says that there is something new and not what: who hears it asks the endpoint that tells it. So each thing has one form, one place that decides who may see it, and one
/// that bounds it; and whoever missed ten hints has missed nothing that the next one does not make good. <c>Last-Event-ID</c> says which states a listener knows, so that one that
/// was cut off for a moment is told only what changed meanwhile.
/// The stream ends with the box's first word of stopping, and after ten minutes: who comes back is let in anew, or not.
/// </remarks>
internal sealed class LiveStreamResult(
    IReadOnlyList<LiveTopic> topics, LiveBoard board, SourceLibrary library, SourceIntake intake, TimeProvider time, CancellationToken stopping) : IResult
{
    /// <summary>Proxies and phones close connections that say nothing for half a minute or so.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A key that was taken away, a session that was ended and a switch that was closed hold here after this at the latest.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How soon a browser comes back: at once would be a crowd where a box starts again.</summary>
    private static readonly byte[] Begin = "retry: 2000\n\n"u8.ToArray();

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext context)
    {
        if (!board.TryEnter())
        {
            context.Response.Headers.RetryAfter = "30";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{LiveBoard.Limit} listen already.");
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using ITimer limit = time.CreateTimer(_ => ended.Cancel(), null, Longest, Timeout.InfiniteTimeSpan);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await TellAsync(context.Response, LiveMark.Parse(context.Request.Headers["Last-Event-ID"], board.Boot), ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The listener went, its time is over, or the box stops.
        }
        finally
        {
            board.Leave();
        }
    }

    private async Task TellAsync(HttpResponse response, Dictionary<string, long> known, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Begin, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        Dictionary<string, long> told = topics.ToDictionary(topic => topic.Name, topic => known.GetValueOrDefault(topic.Name));
        long spoken = time.GetTimestamp();
        while (true)
        {
            bool hasSpoken = false;
            foreach (LiveTopic topic in topics)
            {
                long revision = board.Revision(topic);
                if (revision != told[topic.Name])
                {
                    told[topic.Name] = revision;
                    string json = JsonSerializer.Serialize(Hint(topic, revision), LiveJson.Default.LiveHint);
                    await response.WriteAsync($"id: {LiveMark.Text(board.Boot, told)}\nevent: {topic.Name}\ndata: {json}\n\n", cancellationToken);
                    hasSpoken = true;
                }
            }

            if (!hasSpoken && time.GetElapsedTime(spoken) >= Heartbeat)
            {
                await response.Body.WriteAsync(Comment, cancellationToken);
                hasSpoken = true;
            }

            if (hasSpoken)
            {
                await response.Body.FlushAsync(cancellationToken);
                spoken = time.GetTimestamp();
            }

            await Task.Delay(LiveBoard.Pace, time, cancellationToken);
        }
    }

    private LiveHint Hint(LiveTopic topic, long revision) =>
        new(topic.Name, revision, topic.Name == LiveTopics.Library ? intake.Waiting + library.Probing : null);
}
