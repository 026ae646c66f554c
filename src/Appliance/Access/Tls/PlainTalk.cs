using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Appliance.Access.Tls;

/// <summary>Tells whoever speaks plain HTTP to a port of TLS so, instead of hanging up on him.</summary>
internal static class PlainTalk
{
    /// <summary>The first byte of every TLS connection: a record of the handshake (RFC 8446, 5.1).</summary>
    private const byte Handshake = 22;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(AnswerText());

    public static void UsePlainTalk(this ListenOptions listen) => listen.Use(next => async connection =>
    {
        byte? first = await FirstByteAsync(connection);
        if (first == Handshake)
        {
            await next(connection);
        }
        else if (first is not null)
        {
            await connection.Transport.Output.WriteAsync(Answer);
        }
    });

    private static async Task<byte?> FirstByteAsync(ConnectionContext connection)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        ending.CancelAfter(Patience);
        try
        {
            ReadResult read = await connection.Transport.Input.ReadAsync(ending.Token);
            byte? first = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0];

            // Nothing is taken: it is the beginning of what follows.
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return first;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static string AnswerText()
    {
        const string Body = """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Bad Request","status":400,"detail":"This port speaks TLS: its address begins with https://."}""";
        return $"HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}";
    }
}
