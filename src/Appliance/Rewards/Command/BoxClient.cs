using System.Net.Http.Headers;
using System.Text.Json;
using Appliance.Startup;

namespace Appliance.Rewards.Command;

/// <summary>Asks a box over HTTP. Whatever it does not answer as asked is one line for a person.</summary>
internal sealed class BoxClient : IDisposable
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <param name="box">Its address.</param>
    /// <param name="token">The owner's; null asks as anybody.</param>
    public BoxClient(Uri box, string? token)
    {
        client.BaseAddress = box;
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="CommandStoppedException">It does not answer, or says no.</exception>
    public Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Get, path), cancellationToken);

    /// <exception cref="CommandStoppedException">It does not answer, or says no.</exception>
    public Task<byte[]> PostAsync(string path, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Post, path), cancellationToken);

    public void Dispose() => client.Dispose();

    private async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using HttpResponseMessage answer = await client.SendAsync(request, cancellationToken);
                byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                return answer.IsSuccessStatusCode ? body : throw new CommandStoppedException(Detail(body) ?? $"{client.BaseAddress} answers {(int)answer.StatusCode}.");
            }
            catch (HttpRequestException exception)
            {
                throw new CommandStoppedException($"{client.BaseAddress} does not answer: {exception.Message}");
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CommandStoppedException($"{client.BaseAddress} does not answer in time.");
            }
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
