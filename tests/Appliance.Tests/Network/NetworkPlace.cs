using System.Diagnostics;
using System.Globalization;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>A machine of its own as far as networks and mounts go: namespaces that last as long as one process, which ends with this one.</summary>
internal sealed class NetworkPlace : IAsyncDisposable
{
    /// <summary>Seconds in which an answer comes on any machine, whatever else it does.</summary>
    public const int Patient = 120;

    private readonly Process holder;
    private readonly List<Process> started = [];

    private NetworkPlace(Process holder) => this.holder = holder;

    public string Id => holder.Id.ToString(CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where no such place can be made, or the programs it wants are missing.</summary>
    public static async Task<NetworkPlace> MakeAsync(params string[] programs)
    {
        foreach (string program in programs.Concat(["unshare", "nsenter", "ip", "bash", "timeout"]))
        {
            Assert.SkipUnless(Has(program), $"The program {program} is not on this machine.");
        }

        Process holder = Start(["unshare", "-m", "-n", "sh", "-c", "ip link set lo up && echo made && exec cat"], input: true);
        if (await holder.StandardOutput.ReadLineAsync(Token) != "made")
        {
            string why = await holder.StandardError.ReadToEndAsync(Token);
            holder.Dispose();
            Assert.Skip($"No network namespace can be made here, which takes root: {why.Trim()}");
        }

        return new(holder);
    }

    /// <summary>What a command is put behind to run here.</summary>
    public string[] Entering(params string[] command) => ["nsenter", "-t", Id, "-m", "-n", "--", .. command];

    /// <summary>Runs a program here that must end well.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        (int code, string printed) = await TryAsync(command);
        Assert.True(code == 0, $"{string.Join(' ', command)}: {printed}");
        return printed;
    }

    public Task<(int Code, string Printed)> TryAsync(params string[] command)
    {
        string[] whole = Entering(command);
        return House.RunAsync(whole[0], whole[1..]);
    }

    /// <summary>Lines of shell, each of which must end well.</summary>
    public Task<string> ShellAsync(string script) => RunAsync("bash", "-euc", script);

    /// <summary>Starts a program that stays.</summary>
    public Process Stay(params string[] command)
    {
        Process process = Start(Entering(command));
        started.Add(process);
        return process;
    }

    /// <summary>What a server here or elsewhere answers to a request, headers and all; null where no connection comes about.</summary>
    /// <param name="host">Its address.</param>
    /// <param name="port">Of TCP.</param>
    /// <param name="request">All of it.</param>
    /// <param name="patience">In seconds: as long as somebody waits who is to hear nothing; where an answer must come, <see cref="Patient"/>.</param>
    public async Task<string?> AskAsync(string host, int port, string request, int patience = 4)
    {
        string bytes = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(request));
        (int code, string printed) = await TryAsync(
            "timeout", $"{patience}", "bash", "-c", $"exec 3<>/dev/tcp/{host}/{port} && echo {bytes} | base64 -d >&3 && cat <&3");
        return code == 0 ? printed : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in started)
        {
            await EndAsync(process);
        }

        holder.StandardInput.Close();
        await holder.WaitForExitAsync(CancellationToken.None);
        holder.Dispose();
    }

    public static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public static Process Start(string[] command, bool input = false)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = input, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        return Process.Start(start)!;
    }

    private static bool Has(string program) => House.HasProgram(program) || File.Exists($"/usr/sbin/{program}") || File.Exists($"/sbin/{program}");
}
