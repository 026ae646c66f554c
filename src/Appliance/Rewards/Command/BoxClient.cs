using System.Net.Http.Headers;
using System.Text.Json;
using Appliance.Startup;

namespace Appliance.Rewards.Command;

/// <summary>Asks a box over HTTP. Whatever it does not answer as asked is one line for a person.</summary>
internal sealed class BoxClient : IDisposable
{
    /// <summary>The most that is read where a document is asked for.</summary>
    public const int DocumentBytes = 1 << 30;

    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <param name="box">Its address.</param>
    /// <param name="token">An API key of it; null asks as anybody.</param>
    public BoxClient(Uri box, string? token)
    {
        client.BaseAddress = box;
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="CommandStoppedException">It does not answer, or says no.</exception>
    public Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Get, path), cancellationToken);

    /// <exception cref="CommandStoppedException">It does not answer, or says no.</exception>
    public Task<byte[]> PostAsync(string path, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Post, path), cancellationToken);

    /// <param name="path">Of the box.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CommandStoppedException">It does not answer, or says no.</exception>
    public Task<byte[]> PostAsync(string path, byte[] json, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } } }, cancellationToken);

    /// <summary>Asks for what a box may well refuse.</summary>
    /// <param name="path">Of the box.</param>
    /// <param name="most">Bytes that are read; of an answer that has more, one more is given.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CommandStoppedException">It does not answer.</exception>
    public async Task<BoxAnswer> TryGetAsync(string path, long most, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await AnswerAsync(request, most, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            BoxAnswer answer = await AnswerAsync(request, DocumentBytes, cancellationToken);
            return answer.Body ?? throw new CommandStoppedException(answer.Refusal!);
        }
    }

    private async Task<BoxAnswer> AnswerAsync(HttpRequestMessage request, long most, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            using var body = new MemoryStream();
            await using Stream stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            byte[] piece = new byte[64 * 1024];
            while (body.Length <= most && await stream.ReadAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, most + 1 - body.Length)), cancellationToken) is > 0 and int got)
            {
                body.Write(piece, 0, got);
            }

            return answer.IsSuccessStatusCode
                ? new(answer.StatusCode, body.ToArray(), null)
                : new(answer.StatusCode, null, Detail(body.ToArray()) ?? $"{client.BaseAddress} answers {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new CommandStoppedException($"{client.BaseAddress} does not answer: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandStoppedException($"{client.BaseAddress} does not answer in time.");
        }
    }

    private static string? Detail(byte[] problem)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(problem);
            return document.RootElement.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
