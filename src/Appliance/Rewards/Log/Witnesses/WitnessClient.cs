using System.Net.Http.Headers;
using System.Text;
using global::Rewards.Log;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>Asks witnesses over HTTP (C2SP tlog-witness). One for all of them: nothing that one answers is brought to another.</summary>
internal sealed class WitnessClient(WitnessingOptions options) : IDisposable
{
    /// <summary>Bytes of an answer that are read: room for four cosignatures of the largest kind there is (ML-DSA-44, 3.4 kB a line).</summary>
    public const int AnswerBytes = 16 << 10;

    private const int HeaderKilobytes = 16;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>Time is limited a request, with its answer's body.</summary>
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = ConnectWithin,
        MaxConnectionsPerServer = 2,
        MaxResponseHeadersLength = HeaderKilobytes,
        PooledConnectionLifetime = ConnectionLife,
        MaxResponseDrainSize = AnswerBytes,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="address">Where.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="WitnessTroubleException">It does not answer, not in time, or more than is read.</exception>
    public async Task<WitnessReply> AskAsync(Uri address, WitnessRequest request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.AnswerWithin);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToString())) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain", "utf-8") } },
            };
            using HttpResponseMessage answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await using Stream body = await answer.Content.ReadAsStreamAsync(patience.Token);
            byte[] read = new byte[AnswerBytes + 1];
            int length = await body.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, patience.Token);
            return length <= AnswerBytes ? new((int)answer.StatusCode, read[..length]) : throw new WitnessTroubleException($"It answers more than {AnswerBytes} bytes.");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WitnessTroubleException($"It does not answer within {options.AnswerWithin.TotalSeconds:0.#} s.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new WitnessTroubleException(Why(exception), exception);
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>The same each time for what is the same to people: how a connection breaks differs by who notices first.</summary>
    private static string Why(Exception exception) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Its name is not found.",
        HttpRequestError.ConnectionError => $"It cannot be reached: {exception.GetBaseException().Message}.",
        HttpRequestError.SecureConnectionError => $"There is no secure connection to it: {exception.GetBaseException().Message}",
        _ => "It breaks off, or does not speak HTTP.",
    };
}
