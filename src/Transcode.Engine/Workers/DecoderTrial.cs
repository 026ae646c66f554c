using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Hardware;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>Has a device's decoder decode a film as it would for players: in workers that are locked in, by the order they are given, at the real size. The segment must be software's to the byte;
/// of a film that is damaged too, since a decoder that does not tell of damage makes other pictures of it than software does.</summary>
public static class DecoderTrial
{
    private const int Pictures = TestPictures.Count;

    /// <summary>Places in a film, in hundredths, where a byte is another than it was.</summary>
    private static readonly int[] Damages = [35, 60, 85];

    /// <summary>For all of it, on slow boxes too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="options">Which workers.</param>
    /// <param name="path">To be tried.</param>
    /// <param name="width">Of the film's pictures, even.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PathRehearsal> RunAsync(WorkerPoolOptions options, CodingPath path, int width, int height, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(path);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        WorkerPoolOptions one = options with { Slots = 1, LightSlots = 1, SpareWorkers = 0, Device = DeviceUse.None, RunMemoryBytes = null };
        await using var software = new WorkerPool(one, NullLogger<WorkerPool>.Instance, TimeProvider.System);
        await using var pool = new WorkerPool(one, NullLogger<WorkerPool>.Instance, TimeProvider.System);
        pool.UseDecoders([path]);
        try
        {
            byte[] film = await ProbedFilm.MakeAsync(options, path, width, height, late.Token).ConfigureAwait(false);
            (SegmentOrder order, byte[] expected, _) = await MadeAsync(software, null, film, late.Token).ConfigureAwait(false);
            (_, byte[] found, DecoderNote? note) = await MadeAsync(pool, order, film, late.Token).ConfigureAwait(false);
            if (note is not { Why: null } || !found.AsSpan().SequenceEqual(expected))
            {
                return new(false, $"It does not decode for a worker that is locked in, as players' are: {Trouble(pool, note)}");
            }

            (_, expected, _) = await MadeAsync(software, order, Damaged(film), late.Token).ConfigureAwait(false);
            (_, found, note) = await MadeAsync(pool, order, Damaged(film), late.Token).ConfigureAwait(false);
            return note is null || !found.AsSpan().SequenceEqual(expected)
                ? new(false, "It does not tell of damage: of a damaged film its pictures are not software's.")
                : new(true, string.Create(CultureInfo.InvariantCulture, $"Workers that are locked in made the same segments with it as without, to the byte, of {Pictures} pictures of {width}×{height} and of a damaged film."));
        }
        catch (TranscodeException exception)
        {
            return new(false, $"It does not decode for a worker that is locked in, as players' are: {pool.Decoders.Status.Select(status => status.Why).FirstOrDefault() ?? WorkerText.Clean(exception.Message)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"It did not decode {Pictures} pictures within {(int)Patience.TotalMinutes} minutes.");
        }
    }

    private static string Trouble(WorkerPool pool, DecoderNote? note) =>
        note?.Why is { } why ? WorkerText.Clean(why)
        : pool.Decoders.Status.Select(status => status.Why).FirstOrDefault() ?? (note is null ? "It was not used." : "The segment is not software's to the byte.");

    private static async Task<(SegmentOrder Order, byte[] Bytes, DecoderNote? Note)> MadeAsync(WorkerPool pool, SegmentOrder? order, byte[] film, CancellationToken cancellationToken)
    {
        var source = new HeldBytes(film, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(film)));
        if (order is null)
        {
            (byte[] described, _) = await RunAsync(pool, new ProbeOrder(), source, cancellationToken).ConfigureAwait(false);
            SourceDescription description = JsonSerializer.Deserialize(described, EngineJson.Default.SourceDescription)!;
            order = new(description, Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Last(), 0);
        }

        (byte[] bytes, WorkReport report) = await RunAsync(pool, order, source, cancellationToken).ConfigureAwait(false);
        return (order, bytes, report.Decoder);
    }

    private static async Task<(byte[] Bytes, WorkReport Report)> RunAsync(WorkerPool pool, WorkOrder order, HeldBytes source, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        WorkReport report = await pool.RunAsync(
            order,
            source,
            WorkPriority.Playing,
            chunk =>
            {
                output.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return (output.ToArray(), report);
    }

    private static byte[] Damaged(byte[] film)
    {
        byte[] damaged = [.. film];
        foreach (int place in Damages)
        {
            damaged[(long)damaged.Length * place / 100] ^= 0x55;
        }

        return damaged;
    }
}
