using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Appliance.Transport;

/// <summary>Gives connections a <see cref="FileSender"/>.</summary>
internal static class FileSending
{
    public static void PrepareForFileSending(this SocketTransportOptions transport)
    {
        // A flush then ends when the socket has taken all, so that what follows beside the pipe follows it on the wire.
        transport.MaxWriteBufferSize = 1;

        // Head and file leave from the thread that asked. Sockets still answer on the thread pool, so nothing that blocks holds
        // up another connection, which is what the name warns of.
        transport.UnsafePreferInlineScheduling = true;

        // An idle connection keeps a block of 4 KiB to receive into, of which there are no more than connections. Without it, each
        // request is received twice: once to see that it is there.
        transport.WaitForDataBeforeAllocatingBuffer = false;
    }

    public static void UseFileSending(this ListenOptions listen) => listen.Use(next => async connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is not { } feature)
        {
            await next(connection);
            return;
        }

        using var sender = new FileSender(connection.Transport.Output, feature.Socket, connection);
        connection.Transport = new Duplex(connection.Transport.Input, sender);
        connection.Features.Set(sender);
        await next(connection);
    });

    /// <summary>Null where bytes are changed on their way: encrypted, in frames as HTTP/2 has them, or packed.</summary>
    /// <param name="context">Its answer's head is written: only then is it known whether the rest is packed.</param>
    public static FileSender? SenderOf(HttpContext context) =>
        !context.Request.IsHttps && HttpProtocol.IsHttp11(context.Request.Protocol) && context.Response.Headers.ContentEncoding.Count == 0
            ? context.Features.Get<FileSender>()
            : null;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
