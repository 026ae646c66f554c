using System.Globalization;
using System.Text;
using Appliance.Startup;
using global::Rewards.Audit;
using global::Rewards.Claims;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>The verb <c>rewards audit</c>: everything anew, from the log to the claims, without the box.</summary>
internal static class AuditVerb
{
    /// <returns>0 where everything adds up, 1 where something does not.</returns>
    public static async Task<int> RunAsync(RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        string place = options.Argument ?? throw new UsageException("rewards audit wants a file that a box gave out, or a box's address.");
        try
        {
            AuditExport export = await ReadAsync(place, options, cancellationToken);
            bool isGiven = options.Values.TryGetValue("--log-key", out string? given);
            NoteKey key = isGiven ? NoteKey.Parse(given!.TrimEnd()) : OwnKey(export);
            if (RewardsAudit.Fault(export, key, cancellationToken) is { } fault)
            {
                await output.WriteLineAsync(fault);
                return 1;
            }

            EpochRecord epoch = EpochRecord.Parse(export.Epoch);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Everything adds up: {export.Entries.Count} entries of the log, {export.Receipts.Count} receipts, {export.Books.Count} entries of the books, and the claims of epoch {epoch.Epoch} (root {epoch.Root})."));
            if (!isGiven)
            {
                await output.WriteLineAsync($"The log's key was taken from what was audited: whether it is this box's, somebody else must say. It is {key}");
            }

            return 0;
        }
        catch (FormatException exception)
        {
            throw new CommandStoppedException($"{place} is no export of a box: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandStoppedException($"{place} cannot be read: {exception.Message}");
        }
    }

    private static async Task<AuditExport> ReadAsync(string place, RewardsOptions options, CancellationToken cancellationToken)
    {
        if (!place.StartsWith("http://", StringComparison.Ordinal) && !place.StartsWith("https://", StringComparison.Ordinal))
        {
            using var file = new StreamReader(place);
            return AuditExport.Read(file);
        }

        var address = new Uri(place);
        using var box = new BoxClient(address, RewardsCommand.Token(options));
        byte[] export = await box.GetAsync(address.AbsolutePath == "/" ? "/v1/rewards/audit" : address.PathAndQuery, cancellationToken);
        using var text = new StreamReader(new MemoryStream(export), Encoding.UTF8);
        return AuditExport.Read(text);
    }

    /// <summary>The key that the export itself says signs for the box.</summary>
    private static NoteKey OwnKey(AuditExport export) => new(
        Checkpoint.Parse(SignedNote.Parse(export.Checkpoint.Span).Text).Origin,
        NoteKey.PlainType,
        Convert.FromHexString(KeyIdentity.Parse(export.Identity.Span).Current(KeyKind.Log).AsSpan(2)));
}
