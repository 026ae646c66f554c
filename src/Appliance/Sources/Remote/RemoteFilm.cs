using System.Security.Cryptography;
using System.Text;

namespace Appliance.Sources.Remote;

/// <summary>A film on another machine that the owner added. What can change is written by the one loop that follows it.</summary>
internal sealed class RemoteFilm(OriginUrl url, RemoteFilmFound? found) : IDisposable
{
    private const int IdDigits = 16;

    private readonly CancellationTokenSource leaving = new();
    private readonly SemaphoreSlim awoken = new(0, 1);

    public OriginUrl Url => url;

    /// <summary>As in URLs of this box.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"remote\0{url.Text}")))[..IdDigits];

    /// <summary>What it was when it was last looked through; null until then.</summary>
    public RemoteFilmFound? Found { get; set; } = found;

    /// <summary>Its bytes; null until it was looked through.</summary>
    public RemoteSource? Source { get; set; }

    public RemoteBlocks? Blocks { get; set; }

    /// <summary>When the origin last said what it is; null until then.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>Why it cannot be had now; null where it can, as far as is known.</summary>
    public string? Trouble { get; set; }

    /// <summary>Cancelled when it is taken away.</summary>
    public CancellationToken Leaving => leaving.Token;

    public void Leave() => leaving.Cancel();

    /// <summary>Has it looked at now.</summary>
    public void Wake()
    {
        try
        {
            awoken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake, or was taken away.
        }
    }

    /// <returns>Whether it was woken.</returns>
    public Task<bool> RestAsync(TimeSpan longest, CancellationToken cancellationToken) => awoken.WaitAsync(longest, cancellationToken);

    public void Dispose()
    {
        Blocks?.Dispose();
        leaving.Dispose();
        awoken.Dispose();
    }
}
