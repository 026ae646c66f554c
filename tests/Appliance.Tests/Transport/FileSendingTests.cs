using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Appliance.Playback;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Appliance.Tests.Transport;

/// <summary>Kept segments over plain connections, as the bytes come from the wire.</summary>
public sealed class FileSendingTests : IAsyncLifetime
{
    /// <summary>More than a connection's buffers hold, so that sending has to wait for the reader.</summary>
    private const int Length = 24 << 20;

    private readonly ScratchFolder _folder = new();
    private TestAppliance _appliance = null!;
    private string _path = "";

    public async ValueTask InitializeAsync()
    {
        _path = _folder.File("kept.m4s");
        await File.WriteAllBytesAsync(_path, RandomNumberGenerator.GetBytes(Length), TestContext.Current.CancellationToken);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _appliance.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Kept_AskedForSeveralTimesOnOneConnection_EachAnswerIsWhole()
    {
        using TcpClient client = await ConnectAsync();
        byte[] kept = await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await AskAsync(stream, "GET");
        await AskAsync(stream, "HEAD");
        await AskAsync(stream, "GET", "Range: bytes=1000-1999");
        await AskAsync(stream, "GET");

        Assert.Equal((200, (long)Length), await HeadAsync(stream));
        Assert.Equal(kept, await BodyAsync(stream, Length));
        Assert.Equal((200, (long)Length), await HeadAsync(stream));
        Assert.Equal((206, 1000L), await HeadAsync(stream));
        Assert.Equal(kept[1000..2000], await BodyAsync(stream, 1000));
        Assert.Equal((200, (long)Length), await HeadAsync(stream));
        Assert.Equal(kept, await BodyAsync(stream, Length));
    }

    [Fact]
    public async Task Kept_EvictedWhileItIsSent_ArrivesWhole()
    {
        using TcpClient client = await ConnectAsync();
        byte[] kept = await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken);
        await AskAsync(client.GetStream(), "GET");
        Assert.Equal((200, (long)Length), await HeadAsync(client.GetStream()));
        File.Delete(_path);

        Assert.Equal(kept, await BodyAsync(client.GetStream(), Length));
    }

    [Fact]
    public async Task Kept_ReaderLeavesMidway_TheFileIsClosedAndOthersAreServed()
    {
        using (TcpClient client = await ConnectAsync())
        {
            await AskAsync(client.GetStream(), "GET");
            await HeadAsync(client.GetStream());
            await BodyAsync(client.GetStream(), 5000);
        }

        byte[] again = await _appliance.GetBytesAsync(_appliance.Url("720p", "4.m4s"));
        Assert.Equal(await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken), again);
        _appliance.Shelf.RemoveBelow(_folder.Path);
        await UntilClosedAsync();
    }

    [Fact]
    public async Task Kept_AskedForByManyAtOnce_IsOpenOnce()
    {
        using TcpClient first = await ConnectAsync();
        using TcpClient second = await ConnectAsync();
        await AskAsync(first.GetStream(), "GET");
        await AskAsync(second.GetStream(), "GET");
        await HeadAsync(first.GetStream());
        await HeadAsync(second.GetStream());

        Assert.Equal(1, OpenDescriptors.Of(_path));
    }

    [Fact]
    public async Task Kept_ReaderSlowerThanTheServerAllows_IsCutOff()
    {
        await _appliance.DisposeAsync();
        await StartAsync(new MinDataRate(bytesPerSecond: Length, gracePeriod: TimeSpan.FromSeconds(1.1)));
        using TcpClient client = await ConnectAsync();
        await AskAsync(client.GetStream(), "GET");
        await HeadAsync(client.GetStream());
        _appliance.Shelf.RemoveBelow(_folder.Path);

        // It reads no further. Who sends to it holds the file until the connection ends.
        await UntilClosedAsync();
    }

    [Fact]
    public async Task Kept_CutShortWhileItIsSent_TheConnectionEndsBeforeWhatWasPromised()
    {
        using TcpClient client = await ConnectAsync();
        await AskAsync(client.GetStream(), "GET");
        await HeadAsync(client.GetStream());
        await using (var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(Length / 4);
        }

        await AskAsync(client.GetStream(), "HEAD");
        var received = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(received, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Reset, which says the same.
        }

        Assert.True(received.Length < Length, "It must not look as if all of it had come.");
        Assert.True(received.ToArray().AsSpan().IndexOf("HTTP/1.1 "u8) < 0, "The next answer must not pass for the rest of the file.");
    }

    private async Task StartAsync(MinDataRate? slowestReader = null)
    {
        _appliance = await TestAppliance.StartAsync(slowestReader: slowestReader);
        Source source = _appliance.Library.All.Single();
        var ready = (SourceState.Ready)source.State;
        var playable = new PlayableSource(source.Id, source.Bytes!, ready.Description, ready.Ladder, ready.TrickPlay, ready.Engine);
        _appliance.Shelf.Add(Artifacts.Segment(playable, _appliance.Order("720p", 4).Recipe, 4).Key.Name, _path, Length);
    }

    /// <summary>Waits until nobody holds the file any more, of which the shelf is told first.</summary>
    private async Task UntilClosedAsync()
    {
        while (OpenDescriptors.Of(_path) > 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        // A small window: the box cannot hand everything to the kernel and forget it.
        var client = new TcpClient { ReceiveBufferSize = 16 << 10 };
        await client.ConnectAsync(_appliance.BaseAddress.Host, _appliance.BaseAddress.Port, TestContext.Current.CancellationToken);
        return client;
    }

    private async Task AskAsync(NetworkStream stream, string method, string header = "Accept: */*") => await stream.WriteAsync(
        Encoding.ASCII.GetBytes($"{method} {_appliance.Url("720p", "4.m4s")} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n\r\n"),
        TestContext.Current.CancellationToken);

    private static async Task<(int Status, long Length)> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n");
        string length = lines.Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
        return (int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), long.Parse(length, CultureInfo.InvariantCulture));
    }

    private static async Task<byte[]> BodyAsync(NetworkStream stream, int length)
    {
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
        return body;
    }
}
