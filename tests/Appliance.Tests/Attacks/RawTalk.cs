using System.Net.Sockets;
using System.Text;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>Bytes to a port and what comes back, where a client library would tidy up.</summary>
internal static class RawTalk
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends, and reads until the other side hangs up.</summary>
    /// <param name="address">Of the box, or of what is in front of it.</param>
    /// <param name="bytes">A character each.</param>
    public static async Task<string> AskAsync(Uri address, string bytes)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Token);
        return await ReadAsync(stream);
    }

    /// <summary>All that comes until the other side hangs up, however it does.</summary>
    public static async Task<string> ReadAsync(Stream stream)
    {
        using var answer = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        try
        {
            while (await stream.ReadAsync(buffer, Token) is > 0 and int read)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // It hung up with bytes of ours unread.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>The statuses of the answers, in order.</summary>
    public static int[] Statuses(string answer) => [.. answer.Split("HTTP/1.1 ").Skip(1).Select(part => int.Parse(part[..3], System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>What the box saw: method, path and query of each request, in order.</summary>
    public static async Task<(TestAppliance Box, List<string> Seen)> WatchedBoxAsync(ScratchFolder? folder = null)
    {
        var seen = new SeenRequests();
        TestAppliance box = await TestAppliance.StartAsync(folder: folder, adjust: builder => seen.Add(builder));
        return (box, seen.Requests);
    }
}
