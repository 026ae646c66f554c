using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Appliance.Tests.Sources.Remote;

/// <summary>What somebody asked of a <see cref="ScriptedOrigin"/>.</summary>
/// <param name="Number">0 for the first.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">By lower-case name.</param>
internal sealed record OriginRequest(int Number, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public (long From, long To)? Range => Headers.TryGetValue("range", out string? range) && range.StartsWith("bytes=", StringComparison.Ordinal)
        ? (long.Parse(range[6..].Split('-')[0], CultureInfo.InvariantCulture), long.Parse(range[6..].Split('-')[1], CultureInfo.InvariantCulture))
        : null;
}

/// <summary>A server over a plain socket, which does what no decent server does where a test says so, and else serves a film with ranges.</summary>
internal sealed class ScriptedOrigin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<Task, bool> connections = [];
    private readonly Task accepting;
    private int requests;

    public ScriptedOrigin(byte[] film)
    {
        Film = film;
        listener.Start();
        accepting = AcceptAsync();
    }

    public byte[] Film { get; set; }

    public string ETag { get; set; } = "\"one\"";

    public string LastModified { get; set; } = "Wed, 21 Oct 2015 07:28:00 GMT";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<OriginRequest> Requests { get; } = [];

    /// <summary>Answers a request in another way, and says that it did.</summary>
    public Func<OriginRequest, NetworkStream, Task<bool>> Script { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Every connection ends with its answer.</summary>
    public bool Closes { get; set; }

    public static Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    /// <summary>The headers of a proper answer to a part.</summary>
    public string Head(long from, long to) =>
        $"HTTP/1.1 206 Partial Content\r\nDate: {DateTime.UtcNow:R}\r\nETag: {ETag}\r\nLast-Modified: {LastModified}\r\n" +
        $"Content-Range: bytes {from}-{to}/{Film.Length}\r\nContent-Length: {to - from + 1}\r\n{(Closes ? "Connection: close\r\n" : "")}\r\n";

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections.Keys);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listener.AcceptSocketAsync(ending.Token);
                Task served = ServeAsync(socket);
                connections[served] = true;
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                if (!await Script(request, stream).WaitAsync(ending.Token))
                {
                    await AnswerAsync(request, stream);
                }

                if (Closes)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
        {
            // Whoever asked has left, or the test ends.
        }
    }

    private async Task AnswerAsync(OriginRequest request, NetworkStream stream)
    {
        (long from, long to) = request.Range ?? (0, Film.Length - 1);
        to = Math.Min(to, Film.Length - 1);
        bool isOther = request.Headers.TryGetValue("if-range", out string? known) && known != ETag && known != LastModified;
        if (request.Range is null || isOther)
        {
            await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nETag: {ETag}\r\nContent-Length: {Film.Length}\r\n\r\n");
            await stream.WriteAsync(Film, ending.Token);
            return;
        }

        await WriteAsync(stream, Head(from, to));
        await stream.WriteAsync(Film.AsMemory((int)from, (int)(to - from + 1)), ending.Token);
    }

    private async Task<OriginRequest?> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, ending.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        string[] lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new(
            Interlocked.Increment(ref requests) - 1,
            lines[0].Split(' ')[1],
            lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]));
    }
}
