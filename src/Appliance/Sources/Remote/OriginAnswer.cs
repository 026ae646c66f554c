namespace Appliance.Sources.Remote;

/// <summary>An answer that was judged, with its body still to come. Not for two threads at once.</summary>
/// <param name="response">Its headers.</param>
/// <param name="body">Of what was asked for, or of the whole film where it has no ranges.</param>
/// <param name="face">What the film is.</param>
/// <param name="stall">How long a piece is waited for.</param>
/// <param name="leave">Gives back the place among the requests that run.</param>
internal sealed class OriginAnswer(HttpResponseMessage response, Stream body, OriginFace face, TimeSpan stall, Action leave) : IDisposable
{
    private Action? leave = leave;

    public OriginFace Face => face;

    /// <returns>Bytes read, at least 1.</returns>
    /// <exception cref="OriginException">The body broke off, or nothing came for too long.</exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(stall);
        try
        {
            int read = await body.ReadAsync(buffer, patience.Token);
            return read > 0 ? read : throw new OriginException("The origin's answer is shorter than it said.", mayPass: true);
        }
        catch (Exception exception) when (exception is not OriginException)
        {
            throw OriginAnswers.Told(exception, cancellationToken)
                ?? (exception is IOException ? new OriginException("The connection to the origin broke.", mayPass: true, inner: exception) : exception);
        }
    }

    public void Dispose()
    {
        response.Dispose();
        Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
