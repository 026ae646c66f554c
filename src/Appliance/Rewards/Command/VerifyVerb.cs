using System.Text;
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

    /// <summary>No master playlist has so much.</summary>
    private const long MasterBytes = 1 << 20;

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
            OrderedRungs ordered = options.Values.TryGetValue("--renditions", out string? names)
                ? OrderedRungs.Said(source.Ladder, names.Split(','))
                : OrderedRungs.Shown(source.Ladder, order.Order.Renditions);
            var inspector = new PieceInspector(box, source, transcoder, await PlaylistsAsync(box, source.Id, ordered, cancellationToken), ordered);
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

    private static async Task<IReadOnlyDictionary<string, string>> PlaylistsAsync(BoxClient box, string source, OrderedRungs ordered, CancellationToken cancellationToken)
    {
        try
        {
            SourceDetailResponse detail = JsonSerializer.Deserialize(await box.GetAsync($"/v1/sources/{source}", cancellationToken), SourcesJson.Default.SourceDetailResponse)!;
            Dictionary<string, string> playlists = detail.Renditions.ToDictionary(rendition => rendition.Name, rendition => rendition.Playlist);
            foreach (Rendition wished in ordered.Wished)
            {
                if (await WishedPlaylistAsync(box, source, wished.Name, cancellationToken) is { } playlist)
                {
                    playlists[wished.Name] = playlist;
                }
            }

            return playlists;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new CommandStoppedException($"The box does not answer as one does: {exception.Message}");
        }
    }

    /// <summary>Where the box has a rung of any size and rate: its address has digits that only the box knows.</summary>
    /// <returns>Null where it does not offer it.</returns>
    private static async Task<string?> WishedPlaylistAsync(BoxClient box, string source, string name, CancellationToken cancellationToken)
    {
        string folder = $"/v1/sources/{source}/hls/";
        BoxAnswer answer = await box.TryGetAsync($"{folder}master.m3u8?renditions={name}", MasterBytes, cancellationToken);
        string? line = answer.Body is { } master
            ? Encoding.UTF8.GetString(master).Split('\n').FirstOrDefault(line => line.StartsWith($"{name}-", StringComparison.Ordinal) && line.IndexOf('/') == line.LastIndexOf('/'))
            : null;
        return line is null ? null : folder + line;
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
