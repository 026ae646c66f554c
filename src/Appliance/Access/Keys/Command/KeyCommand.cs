using System.Globalization;
using System.Text.Json;
using Appliance.Access.Audit;
using Appliance.Jobs.Command;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Access.Keys.Command;

/// <summary>The verb <c>key</c>: keys on the data folder itself, whether the box runs or not.</summary>
internal static class KeyCommand
{
    /// <summary>As the audit trail names whoever may write to the data folder.</summary>
    private const string Console = "console";

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For keys.</param>
    /// <param name="errors">For what went wrong.</param>
    /// <returns>The exit status, as <see cref="KeyOptions.Usage"/> tells.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors) =>
        new FileCommand(errors, "Interrupted.", stopped: "").RunAsync(async _ =>
        {
            if (KeyOptions.Parse(arguments, TimeProvider.System.GetUtcNow()) is not { } options)
            {
                await output.WriteLineAsync(KeyOptions.Usage);
                return 0;
            }

            var data = new DataFolder(options.DataFolder);
            var folder = new AccessFolder(data);
            var keys = new KeyShelf(folder, data, TimeProvider.System);
            try
            {
                await output.WriteLineAsync(Run(options, keys, new AuditTrail(folder, TimeProvider.System)));
                return 0;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
            {
                throw new CommandStoppedException($"The keys in {data.Access} cannot be read or written: {exception.Message}");
            }
        });

    private static string Run(KeyOptions options, KeyShelf keys, AuditTrail trail)
    {
        switch (options)
        {
            case { Verb: "add", Terms: var terms }:
                trail.Write(Console, from: null, "key made", $"{terms.Name}: {string.Join(", ", terms.Scopes!)}");
                return keys.Add(terms)?.Text ?? throw new CommandStoppedException($"There are {KeyShelf.Limit} keys: take one away first.");
            case { Verb: "remove", Argument: var id }:
                ApiKey key = keys.All.FirstOrDefault(key => key.Id == id) ?? throw new CommandStoppedException($"There is no key {id}. key list shows what there is.");
                trail.Write(Console, from: null, "key removed", $"{id}: {key.Name}");
                keys.Remove(key.Id);
                return $"{id} is taken away.";
            default:
                return keys.All is { Count: > 0 } all ? string.Join('\n', all.Select(Line)) : "There are no keys.";
        }
    }

    private static string Line(ApiKey key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Id,-8}  {key.MadeAt:yyyy-MM-dd}  {(key.ExpiresAt is { } end ? $"to {end:yyyy-MM-dd}" : "without end"),-13}  {string.Join(',', key.Scopes)}  {key.Name}");
}
