using System.Net.Sockets;
using Appliance.Access.Owner;
using Appliance.Access.Tls;
using Appliance.Sources;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using global::Rewards.Metering;

namespace Appliance.Startup;

/// <summary>From the command line to a running box and back.</summary>
internal static class ApplianceServer
{
    private const int BadUsage = 2;

    /// <returns>The process's exit code: 0, 1 where starting failed, 2 where the command line makes no sense.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, Func<ApplianceOptions, WebApplication> build, TextWriter output, TextWriter errors)
    {
        try
        {
            switch (CommandLine.Parse(arguments, Environment.GetEnvironmentVariable))
            {
                case ParsedCommand.Serve serve:
                    return await ServeAsync(serve.Options, build, output, errors);
                case ParsedCommand.Check check:
                    return await CheckAsync(check.Options, errors);
                case ParsedCommand.ShowVersion:
                    await output.WriteLineAsync(ApplianceVersion.Text);
                    return 0;
                default:
                    await output.WriteLineAsync(CommandLine.Usage);
                    return 0;
            }
        }
        catch (UsageException exception)
        {
            await errors.WriteLineAsync($"appliance: {exception.Message}");
            return BadUsage;
        }
    }

    /// <summary>The port that was had, where any was asked for.</summary>
    public static int BoundPort(WebApplication app) => new Uri(app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Before long preparations: the port is what is most often taken. Nothing is kept, nothing is written.</summary>
    private static async Task<int> CheckAsync(ApplianceOptions options, TextWriter errors)
    {
        try
        {
            using var listener = new TcpListener(options.ListenAddress, options.Port);
            listener.Start();
            return 0;
        }
        catch (SocketException exception)
        {
            await errors.WriteLineAsync(
                exception.SocketErrorCode == SocketError.AddressAlreadyInUse ? InUse(options) : CannotListen(options, exception));
            return 1;
        }
    }

    private static string InUse(ApplianceOptions options) =>
        $"appliance: Port {options.Port} is in use: stop what uses it, or choose another with --port N.";

    private static string CannotListen(ApplianceOptions options, Exception exception) =>
        $"appliance: It cannot listen on {options.ListenAddress} port {options.Port}: {exception.Message}";

    private static async Task<int> ServeAsync(
        ApplianceOptions options, Func<ApplianceOptions, WebApplication> build, TextWriter output, TextWriter errors)
    {
        await using WebApplication app = build(options);
        try
        {
            // Opened before anything is served: work that could not be recorded must not be started.
            app.Services.GetRequiredService<WorkLedger>();
        }
        catch (LedgerException exception)
        {
            await errors.WriteLineAsync($"appliance: {exception.Message}");
            return 1;
        }

        int files = app.OfferSources();
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await errors.WriteLineAsync(InUse(options));
            return 1;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            await errors.WriteLineAsync(CannotListen(options, exception));
            return 1;
        }

        SetupCode code = app.Services.GetRequiredService<SetupCode>();
        code.Made += fresh => output.WriteLine(Announcement.Code(fresh));
        await output.WriteLineAsync(Announcement.Text(options, BoundPort(app), files, code.Text, app.Services.GetService<BoxCertificate>()));
        await app.WaitForShutdownAsync();
        return 0;
    }
}
