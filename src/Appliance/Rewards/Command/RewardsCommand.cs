using Appliance.Jobs.Command;

namespace Appliance.Rewards.Command;

/// <summary>The verb <c>rewards</c>.</summary>
internal static class RewardsCommand
{
    private const string DefaultBox = "http://127.0.0.1:8080";

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For what is found.</param>
    /// <param name="errors">For what went wrong.</param>
    /// <returns>The exit status, as <see cref="RewardsOptions.Usage"/> tells.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        return await new FileCommand(errors, "Interrupted.", stopped: "").RunAsync(async cancellationToken =>
        {
            if (RewardsOptions.Parse(arguments) is not { } options)
            {
                await output.WriteLineAsync(RewardsOptions.Usage);
                return 0;
            }

            using var box = new BoxClient(options.Address("--url", DefaultBox), Token(options));
            switch (options.Verb)
            {
                case "status":
                    await BoxVerbs.StatusAsync(box, output, cancellationToken);
                    return 0;
                case "epoch close":
                    await BoxVerbs.CloseAsync(box, output, cancellationToken);
                    return 0;
                case "claims":
                    await BoxVerbs.ClaimsAsync(box, options, output, cancellationToken);
                    return 0;
                case "audit":
                    return await AuditVerb.RunAsync(options, output, cancellationToken);
                case "verify":
                    return await VerifyVerb.RunAsync(box, options, output, cancellationToken);
                case "standing":
                    return await StandingVerb.RunAsync(options, output, cancellationToken);
                case "hand-over":
                    await HandOverVerb.RunAsync(options, output);
                    return 0;
                case "go-on":
                    await RestoredVerbs.GoOnAsync(options, output, cancellationToken);
                    return 0;
                case "begin-anew":
                    await RestoredVerbs.BeginAnewAsync(options, output);
                    return 0;
                case "witness":
                    return await WitnessVerb.RunAsync(options, output, cancellationToken);
                default:
                    await ChainVerbs.RunAsync(box, options, output, cancellationToken);
                    return 0;
            }
        });
    }

    internal static string? Token(RewardsOptions options) =>
        options.Values.GetValueOrDefault("--token") ?? (Environment.GetEnvironmentVariable("APPLIANCE_TOKEN") is { Length: > 0 } token ? token : null);
}
