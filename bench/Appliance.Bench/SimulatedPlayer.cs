using System.Diagnostics;
using System.Globalization;

namespace Appliance.Bench;

/// <summary>A player without a picture: it asks for what one would, when one would, on connections of its own.</summary>
/// <param name="server">The box.</param>
/// <param name="film">What it plays.</param>
/// <param name="random">Its habits.</param>
/// <param name="tally">Told of each request.</param>
internal sealed class SimulatedPlayer(Uri server, SimulatedFilm film, Random random, PlayersTally tally)
{
    /// <summary>So much it wants to have ahead.</summary>
    private const double WantedSeconds = 12;

    /// <summary>Until all have come.</summary>
    private const double ComingSeconds = 15;

    /// <summary>Of segments, how many are followed by a seek, or by the end.</summary>
    private const double SeekShare = 0.02;

    private const double LeaveShare = 0.005;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly byte[] buffer = new byte[64 << 10];

    /// <summary>When its picture would stand still, in <see cref="Stopwatch"/> ticks.</summary>
    private long emptyAt;

    private double Ahead => (double)(emptyAt - Stopwatch.GetTimestamp()) / Stopwatch.Frequency;

    /// <summary>Plays until it is told to end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * ComingSeconds), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!cancellationToken.IsCancellationRequested)
        {
            // Who comes again is another, with connections of his own.
            using var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) };
            using var client = new HttpMessageInvoker(handler);
            tally.Came();
            await WatchAsync(client, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        }
    }

    private async Task WatchAsync(HttpMessageInvoker client, CancellationToken cancellationToken)
    {
        string session = Guid.NewGuid().ToString("D");
        SimulatedTrack video = film.Video[random.Next(film.Video.Count)];
        SimulatedTrack[] tracks = film.Audio is { } audio ? [video, audio] : [video];
        await AskAsync(client, film.Master, -1, $"sid=\"{session}\",ot=m,su", cancellationToken);
        foreach (SimulatedTrack track in tracks)
        {
            await AskAsync(client, track.Folder + "index.m3u8", -1, $"sid=\"{session}\",ot=m,su", cancellationToken);
            await AskAsync(client, track.Folder + "init.mp4", -1, $"sid=\"{session}\",ot=i,su", cancellationToken);
        }

        int index = random.Next(video.Lengths.Count);
        bool isStarting = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            bool wasStalled = !isStarting && Ahead < 0;
            if (wasStalled)
            {
                tally.Stalled();
            }

            foreach (SimulatedTrack track in tracks)
            {
                double ahead = isStarting ? 0 : Math.Max(0, Ahead);
                string says = string.Create(
                    CultureInfo.InvariantCulture,
                    $"sid=\"{session}\",ot={(track.IsVideo ? 'v' : 'a')},br={track.Kbps},d={film.SegmentSeconds * 1000:F0},bl={ahead * 1000 / 100:F0}00,dl={ahead * 1000 / 100:F0}00,mtp=20000{(isStarting ? ",su" : "")}{(wasStalled ? ",bs" : "")}");
                await AskAsync(client, string.Create(CultureInfo.InvariantCulture, $"{track.Folder}{index}.m4s"), track.Lengths[index], says, cancellationToken);
            }

            emptyAt = Math.Max(isStarting ? 0 : emptyAt, Stopwatch.GetTimestamp()) + (long)(film.SegmentSeconds * Stopwatch.Frequency);
            isStarting = false;
            index = (index + 1) % video.Lengths.Count;
            double fate = random.NextDouble();
            if (fate < LeaveShare)
            {
                return;
            }

            if (fate < LeaveShare + SeekShare)
            {
                tally.Sought();
                index = random.Next(video.Lengths.Count);
                isStarting = true;
            }
            else if (Ahead > WantedSeconds)
            {
                await Task.Delay(TimeSpan.FromSeconds(film.SegmentSeconds), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <param name="client">Its connections.</param>
    /// <param name="path">What.</param>
    /// <param name="length">How long that is; -1 where it is not known.</param>
    /// <param name="says">How it fares.</param>
    /// <param name="cancellationToken">Nobody wants it any more.</param>
    private async Task AskAsync(HttpMessageInvoker client, string path, int length, string says, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        // What is under way when all end is read to its end: it is no error.
        using var patience = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, path));
        request.Headers.TryAddWithoutValidation("CMCD-Request", says);
        long began = Stopwatch.GetTimestamp();
        try
        {
            using HttpResponseMessage answer = await client.SendAsync(request, patience.Token);
            await using Stream body = await answer.Content.ReadAsStreamAsync(patience.Token);
            int bytes = 0;
            while (await body.ReadAsync(buffer, patience.Token) is > 0 and int got)
            {
                bytes += got;
            }

            if (!answer.IsSuccessStatusCode || (length >= 0 && bytes != length))
            {
                tally.Failed($"{path}: {(int)answer.StatusCode}, {bytes} bytes instead of {length}");
                return;
            }

            tally.Answered((int)Stopwatch.GetElapsedTime(began).TotalMicroseconds, bytes);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            tally.Failed($"{path}: {exception.GetType().Name}: {exception.GetBaseException().Message}");
        }
    }
}
