using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Appliance.Tests.Hosting;
using Appliance.Transport;

namespace Appliance.Tests.Transport;

/// <summary>A file to a reader that may not read.</summary>
public sealed class FileSendTests : IAsyncLifetime
{
    /// <summary>More than a connection's buffers hold.</summary>
    private const int Length = 24 << 20;

    private readonly ScratchFolder _folder = new();
    private readonly FileSend _send = new();
    private readonly TcpClient _reader = new() { ReceiveBufferSize = 16 << 10 };
    private Socket _socket = null!;
    private SharedFile _file = null!;
    private string _path = "";

    public async ValueTask InitializeAsync()
    {
        _path = _folder.File("kept.m4s");
        await File.WriteAllBytesAsync(_path, RandomNumberGenerator.GetBytes(Length), TestContext.Current.CancellationToken);
        _file = SharedFile.Open(_path);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await _reader.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        _socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _reader.Dispose();
        _send.Dispose();
        _file.Release();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Send_ReaderDoesNotRead_GivesTheThreadBackAndGoesOnWhenItDoes()
    {
        // Were the thread held, this would not come back, for nobody else reads.
        ValueTask<bool> sending = _send.SendAsync(_socket, _file);
        Assert.False(sending.IsCompleted);
        byte[] received = new byte[Length];
        await _reader.GetStream().ReadExactlyAsync(received, TestContext.Current.CancellationToken);

        Assert.True(await sending);
        Assert.Equal(await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken), received);
    }

    [Fact]
    public async Task Send_ConnectionEndedMeanwhile_EndsUnsent()
    {
        ValueTask<bool> sending = _send.SendAsync(_socket, _file);
        _socket.Dispose();

        Assert.False(await sending);
    }

    [Fact]
    public async Task Send_AFileAgain_SendsItFromItsStart()
    {
        byte[] received = new byte[2 * Length];
        Task reading = _reader.GetStream().ReadExactlyAsync(received, TestContext.Current.CancellationToken).AsTask();
        Assert.True(await _send.SendAsync(_socket, _file));
        Assert.True(await _send.SendAsync(_socket, _file));
        await reading;

        Assert.Equal(received[..Length], received[Length..]);
    }
}
