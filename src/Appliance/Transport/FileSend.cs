using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Appliance.Transport;

/// <summary>A socket's sending of a whole file, by the kernel's own hand (sendfile(2)). Where the socket takes no more, the rest
/// waits for the reader beside the socket, and holds no thread. One file at a time.</summary>
internal sealed class FileSend() : SocketAsyncEventArgs(true), IValueTaskSource<bool>
{
    /// <summary>Linux's numbers (netinet/in.h, netinet/tcp.h).</summary>
    private const int IPPROTO_TCP = 6;

    private const int TCP_CORK = 3;

    private ManualResetValueTaskSourceCore<bool> _ended;

    /// <summary>Holds back segments that are not full, so that what is written next leaves with what follows it, or lets them go.</summary>
    /// <exception cref="SocketException">The connection is gone.</exception>
    public static void Cork(Socket socket, bool hold)
    {
        int value = hold ? 1 : 0;
        socket.SetRawSocketOption(IPPROTO_TCP, TCP_CORK, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
    }

    /// <returns>Whether all of it was handed to the socket.</returns>
    /// <exception cref="ObjectDisposedException">The connection is gone.</exception>
    public ValueTask<bool> SendAsync(Socket socket, SharedFile file)
    {
        _ended.Reset();
        UserToken = file;
        SendPacketsElements = file.Whole;
        if (!socket.SendPacketsAsync(this))
        {
            OnCompleted(this);
        }

        return new(this, _ended.Version);
    }

    public bool GetResult(short token) => _ended.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _ended.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _ended.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) =>
        _ended.SetResult(SocketError == SocketError.Success && BytesTransferred == ((SharedFile)UserToken!).Length);
}
