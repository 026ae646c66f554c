using System.Net;
using System.Net.Sockets;

namespace Appliance.Network.Mapping;

/// <summary>Asks a router by datagrams. PCP and NAT-PMP share the port, and how it is done.</summary>
internal static class RouterQuestion
{
    /// <summary>RFC 6886, 3.1; RFC 6887, 19.5.</summary>
    public const int Port = 5351;

    /// <summary>RFC 6887, 7; NAT-PMP has 16.</summary>
    private const int LargestAnswerBytes = 1100;

    /// <summary>Datagrams that are no answer and are passed over in one wait.</summary>
    private const int MostPassedOver = 64;

    /// <summary>Sends it, and again after each wait.</summary>
    /// <param name="path">The socket is bound and connected along it, so that the kernel drops what anybody else sends.</param>
    /// <param name="question">As it goes out.</param>
    /// <param name="read">What an answer says, or null where it is none to this question.</param>
    /// <param name="waits">How long each try waits: as many tries as there are.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="RouterException">Nobody answers.</exception>
    public static async Task<T> AskAsync<T>(RouterPath path, byte[] question, Func<byte[], T?> read, IEnumerable<TimeSpan> waits, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var socket = new Socket(path.Own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(path.Own, 0));
            await socket.ConnectAsync(new IPEndPoint(path.Router, Port), cancellationToken);
            foreach (TimeSpan wait in waits)
            {
                await socket.SendAsync(question, cancellationToken);
                if (await HearAsync(socket, read, wait, cancellationToken) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (SocketException exception)
        {
            throw new RouterException(RouterFailure.Silent, $"The router {path.Router} cannot be asked: {exception.Message}.");
        }

        throw new RouterException(RouterFailure.Silent, $"The router {path.Router} does not answer.");
    }

    private static async Task<T?> HearAsync<T>(Socket socket, Func<byte[], T?> read, TimeSpan wait, CancellationToken cancellationToken)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(wait);
        byte[] buffer = new byte[LargestAnswerBytes + 1];
        try
        {
            for (int i = 0; i < MostPassedOver; i++)
            {
                int got = await socket.ReceiveAsync(buffer, patience.Token);
                if (got <= LargestAnswerBytes && read(buffer[..got]) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return null;
    }
}
