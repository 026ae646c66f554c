using System.Net;
using System.Net.Sockets;
using Appliance.Network.Mapping;

namespace Appliance.Tests.Network;

/// <summary>A router that says what a test has it say, at another address of this machine: what no real one here can be made to.</summary>
internal sealed class ScriptedRouter : IDisposable
{
    private static int made;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource stop = new();
    private readonly Task answering;

    /// <param name="answers">What it sends back to a question, in order.</param>
    public ScriptedRouter(Func<byte[], IEnumerable<byte[]>> answers)
    {
        int number = Interlocked.Increment(ref made);
        Path = new(IPAddress.Loopback, new IPAddress([127, 77, (byte)(number >> 8), (byte)number]));
        socket.Bind(new IPEndPoint(Path.Router, RouterQuestion.Port));
        answering = AnswerAsync(answers);
    }

    public RouterPath Path { get; }

    public int Questions { get; private set; }

    public void Dispose()
    {
        stop.Cancel();
        answering.Wait();
        socket.Dispose();
        stop.Dispose();
    }

    private async Task AnswerAsync(Func<byte[], IEnumerable<byte[]>> answers)
    {
        byte[] buffer = new byte[2048];
        try
        {
            while (true)
            {
                SocketReceiveFromResult got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                Questions++;
                foreach (byte[] answer in answers(buffer[..got.ReceivedBytes]))
                {
                    await socket.SendToAsync(answer, SocketFlags.None, got.RemoteEndPoint, stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
