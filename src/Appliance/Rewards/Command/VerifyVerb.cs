using System.Text.Json;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Transcoding;
using Appliance.Tuning;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Recipes;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;
using global::Rewards.Log;
using global::Rewards.Signing;
using global::Rewards.Verdicts;

namespace Appliance.Rewards.Command;

/// <summary>The verb <c>rewards verify</c>: looks at what a box made for an order, says in signed verdicts what it thinks of it, and signs the receipts of
/// what is as it should be.</summary>
internal static class VerifyVerb
{
    /// <summary>Where verdicts are kept where nobody says where.</summary>
    public const string UsualBook = "verdicts.jsonl";

    private const int UsualPieces = 10;

    /// <returns>0 where nothing was rejected, 1 where something was.</returns>
    public static async Task<int> RunAsync(BoxClient box, RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        Hash256 quote = Hash256.TryParse(options.Argument, out Hash256 given) ? given : throw new UsageException("rewards verify wants an order: 0x and 64 hexadecimal digits.");
        string file = options.Required("--source");
        int frames = (int)Math.Min(options.Number("--frames") ?? Challenge.UsualFrames, Challenge.MostFrames);
        int pieces = options.Values.GetValueOrDefault("--pieces") == "all" ? int.MaxValue : (int)Math.Min(options.Number("--pieces") ?? UsualPieces, int.MaxValue);
        Offer offer = Offer.All with
        {
            Tuning = TuningChoice.Parse(options.Values.GetValueOrDefault("--tuning")),
            ToneMap = ToneMapChoice.Parse(options.Values.GetValueOrDefault("--tone-map")),
        };
        NoteKey? logKey = options.Values.TryGetValue("--log-key", out string? line) ? LogKey(line) : null;
        using DeviceKey key = CommandKey.Read(options, "--key");
        try
        {
            using VerdictBook book = VerdictBook.Open(options.Values.GetValueOrDefault("--verdicts") ?? UsualBook, key);
            ShownOrder order = await ShownOrder.ReadAsync(box, quote, logKey, cancellationToken);
            using var files = new OpenFiles();
            await using var pool = new WorkerPool(new WorkerPoolOptions { SpareWorkers = 0 }, NullLogger<WorkerPool>.Instance, TimeProvider.System);
            var transcoder = new PooledTranscoder(pool);
            PlayableSource source = await LoneSource.OpenAsync(file, files, transcoder, offer, cancellationToken);
            if (source.Id != order.Order.Source)
            {
                throw new UsageException($"{file} is not what was ordered: its id is {source.Id}, and that of the order's source {order.Order.Source}.");
            }

            source = await DeviceRungs.AsMadeAsync(box, source, cancellationToken);
            var inspector = new PieceInspector(box, source, transcoder, await PlaylistsAsync(box, source.Id, cancellationToken));
            var inspection = new OrderInspection(box, order, inspector, book, key, output);
            bool isSound = await inspection.LookAsync(pieces, frames, cancellationToken);
            if (options.Has("--countersign"))
            {
                await inspection.CountersignAsync(cancellationToken);
            }

            return isSound ? 0 : 1;
        }
        catch (VerdictException exception)
        {
            throw new CommandStoppedException(exception.Message);
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> PlaylistsAsync(BoxClient box, string source, CancellationToken cancellationToken)
    {
        try
        {
            SourceDetailResponse detail = JsonSerializer.Deserialize(await box.GetAsync($"/v1/sources/{source}", cancellationToken), SourcesJson.Default.SourceDetailResponse)!;
            return detail.Renditions.ToDictionary(rendition => rendition.Name, rendition => rendition.Playlist);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new CommandStoppedException($"The box does not answer as one does: {exception.Message}");
        }
    }

    private static NoteKey LogKey(string line)
    {
        try
        {
            return NoteKey.Parse(line.TrimEnd());
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--log-key: {exception.Message}");
        }
    }
}
