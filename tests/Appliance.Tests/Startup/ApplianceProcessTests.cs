using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Startup;

/// <summary>The built program, as a person starts it.</summary>
public sealed class ApplianceProcessTests
{
    [Fact]
    public async Task Start_UnknownOption_EndsWithOneLineAndTwo()
    {
        using Process process = Start("--colour");

        Assert.Equal("appliance: Unknown option --colour. --help lists what there is.\n", await ErrorsAsync(process));
        Assert.Equal(2, process.ExitCode);
    }

    [Fact]
    public async Task Start_MissingFile_EndsWithOneLineAndTwo()
    {
        using var folder = new ScratchFolder();
        using Process process = Start("no such film.mkv", "--data", folder.Path, "--port", "0");

        Assert.Equal("appliance: There is no file or folder no such film.mkv.\n", await ErrorsAsync(process));
        Assert.Equal(2, process.ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_PortInUse_EndsWithOneLineAndOne(bool onlyCheck)
    {
        using var folder = new ScratchFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using Process process = Start(["--data", folder.Path, "--port", port.ToString(), .. onlyCheck ? ["--check"] : Array.Empty<string>()]);

        Assert.EndsWith(
            $"appliance: Port {port} is in use: stop what uses it, or choose another with --port N.\n", await ErrorsAsync(process));
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task Check_FreePort_EndsWithZeroAndKeepsNothing()
    {
        using var folder = new ScratchFolder();
        string data = Path.Combine(folder.Path, "data");
        using Process process = Start("--check", "--data", data, "--port", "0");

        Assert.Equal("", await ErrorsAsync(process));
        Assert.Equal(0, process.ExitCode);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Start_ThenTerminate_AnnouncesItselfAndEndsWithZero()
    {
        using var folder = new ScratchFolder();
        using Process process = Start("--data", folder.Path, "--port", "0");
        string? page = await LineAsync(process, "  Page     ");
        string? code = await LineAsync(process, "  Set-up   ");

        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(page! + "health/live"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Matches("^[2-9A-Z]{4}-[2-9A-Z]{4}$", code);
        Process.Start("kill", ["-TERM", process.Id.ToString()]).Dispose();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Start_WithLogsForPrograms_EachLineIsAnObject()
    {
        using var folder = new ScratchFolder();
        string film = folder.File("films/No film.mkv");
        using Process process = Start(film, "--data", Path.Combine(folder.Path, "data"), "--port", "0", "--log", "json");
        JsonElement line;
        do
        {
            line = JsonDocument.Parse((await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
        }
        while (!line.GetProperty("Message").GetString()!.StartsWith("Refused: ", StringComparison.Ordinal));

        Assert.Equal("Warning", line.GetProperty("LogLevel").GetString());
        Assert.Equal("Appliance.Sources.SourceIntake", line.GetProperty("Category").GetString());
        Assert.Equal(film, line.GetProperty("State").GetProperty("Path").GetString());
        Assert.Equal(TimeSpan.Zero, line.GetProperty("Timestamp").GetDateTimeOffset().Offset);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string?> LineAsync(Process process, string start)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line[start.Length..];
            }
        }

        return null;
    }

    private static async Task<string> ErrorsAsync(Process process)
    {
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return errors;
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Appliance"), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
}
