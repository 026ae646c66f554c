using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Appliance.Transport;

/// <summary>What a connection is written to, with one thing more: a whole file leaves by the kernel's own hand (sendfile(2)), so
/// that its bytes are never copied into this process and back.</summary>
/// <remarks>Kestrel knows no such way, and must still count what a response is made of. So memory that stands for the file's bytes
/// is handed through it, as much as the file is long; here it is left out, and the file takes its place.</remarks>
/// <param name="inner">The connection's own. Its flush must end only when the socket has taken everything.</param>
/// <param name="socket">The connection's.</param>
/// <param name="connection">Aborted where the file cannot be sent whole: the answer's length is promised by then.</param>
internal sealed class FileSender(PipeWriter inner, Socket socket, ConnectionContext connection) : PipeWriter, IDisposable
{
    /// <summary>Never read. Written to only where Kestrel copies what stands for a file, which is of no meaning.</summary>
    private static readonly Memory<byte> StandIn = new byte[64 << 10];

    private readonly FileSend send = new();
    private SharedFile? file;
    private long left;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <summary>Sends a whole file as the rest of a response whose head is written.</summary>
    /// <param name="body">The response's body, over this writer, with nothing between them that changes bytes.</param>
    /// <param name="whole">The file; it stays the caller's.</param>
    /// <param name="cancellationToken">That of the request.</param>
    public async Task SendAsync(PipeWriter body, SharedFile whole, CancellationToken cancellationToken)
    {
        (file, left) = (whole, whole.Length);
        try
        {
            for (long told = 0; told < whole.Length;)
            {
                int piece = (int)Math.Min(body.GetMemory(1).Length, whole.Length - told);
                body.Advance(piece);
                told += piece;
            }

            await body.FlushAsync(cancellationToken);
        }
        finally
        {
            file = null;
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        file is null || sizeHint > StandIn.Length ? inner.GetMemory(sizeHint) : StandIn;

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (file is null)
        {
            inner.Advance(bytes);
        }
        else
        {
            left -= bytes;
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        file is { } whole && left == 0 ? FlushFileAsync(whole, cancellationToken) : inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    public void Dispose() => send.Dispose();

    private async ValueTask<FlushResult> FlushFileAsync(SharedFile whole, CancellationToken cancellationToken)
    {
        try
        {
            // The head leaves together with the first of the file: alone it would cost a packet, and wake the reader for nothing.
            FileSend.Cork(socket, hold: true);
            FlushResult flushed = await inner.FlushAsync(cancellationToken);
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                return flushed;
            }

            bool isSent = await send.SendAsync(socket, whole);
            file = null;
            FileSend.Cork(socket, hold: false);
            if (isSent)
            {
                return flushed;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }

        connection.Abort(new("A kept file could not be sent whole."));
        return new(isCanceled: false, isCompleted: true);
    }
}
