using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Access.Keys;
using Appliance.Sources;
using Appliance.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Transcode.Engine.Workers;

namespace Appliance.Fuzz.Targets;

/// <summary>The whole box on a port of this machine, with a small film and real workers, spoken to in bytes.</summary>
internal sealed class HeldBox : IDisposable
{
    /// <summary>What ends what was sent: whatever came before it, the box closes the connection after answering this.</summary>
    private static readonly byte[] Last = Encoding.ASCII.GetBytes("\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    /// <summary>How long it may say nothing before it is told that nothing more comes.</summary>
    private const int SilenceMilliseconds = 40;

    private const int PatienceMilliseconds = 20_000;

    private const int LargestAnswer = 8 << 20;

    private readonly WebApplication _app;
    private readonly int _port;

    public HeldBox(FuzzScene scene)
    {
        string film = Path.Combine(scene.Folder, "A film.mp4");
        bool hasFilm = scene.Clips.TryGetValue("mp4", out byte[]? clip);
        if (hasFilm)
        {
            File.WriteAllBytes(film, clip!);
        }

        var options = new ApplianceOptions(hasFilm ? [film] : [], 0, Path.Combine(scene.Folder, "box"), IPAddress.Loopback, 1L << 30, NewOwner: false) { UploadsQuotaBytes = 64 << 20 };
        _app = Program.Build(options, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new WorkerPoolOptions
            {
                WorkerPath = Path.Combine(AppContext.BaseDirectory, "Appliance"),
                WorkerArguments = ["worker"],
                Device = DeviceUse.None,
            });
        });
        _app.OfferSources();
        _app.StartAsync().GetAwaiter().GetResult();
        _port = ApplianceServer.BoundPort(_app);
        Key = _app.Services.GetRequiredService<KeyShelf>().Add(new("fuzz", ["owner"]))!.Value.Text;
        SourceLibrary library = _app.Services.GetRequiredService<SourceLibrary>();
        SpinWait.SpinUntil(() => !hasFilm || library.All.Any(source => source.State is SourceState.Ready), TimeSpan.FromSeconds(60));
        Source = library.All is [var source, ..] ? source.Id.ToString() : new string('0', 20);
    }

    /// <summary>With the owner's scope.</summary>
    public string Key { get; }

    /// <summary>The film's id.</summary>
    public string Source { get; }

    /// <summary>Sends bytes, and reads until the box hangs up.</summary>
    public byte[] Ask(ReadOnlySpan<byte> request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, _port);
        using var answer = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        try
        {
            socket.Send([.. request, .. Last]);
            socket.ReceiveTimeout = SilenceMilliseconds;
            while (answer.Length < LargestAnswer)
            {
                int read = Receive(socket, buffer);
                if (read == 0)
                {
                    break;
                }

                answer.Write(buffer, 0, read);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            // It hung up with bytes unread, which is a right answer to nonsense.
        }

        return answer.ToArray();
    }

    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static int Receive(Socket socket, byte[] buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TimedOut && socket.ReceiveTimeout == SilenceMilliseconds)
        {
            socket.ReceiveTimeout = PatienceMilliseconds;
            socket.Shutdown(SocketShutdown.Send);
            return socket.Receive(buffer);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TimedOut)
        {
            throw new FindingException("The box neither answers nor hangs up.");
        }
    }
}
