using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Hardware;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;

namespace Transcode.Engine.Workers;

/// <summary>Has a device's encoder make segments exactly as it would for players: by workers that are locked in, by the order they are given, at the real size, beside its spare.
/// What is looked at while it does (<see cref="Segments.EncoderWatch"/>) is looked at in every segment later too.</summary>
public static class EncoderTrial
{
    private const int SegmentCount = 3;
    private const int Width = 320;
    private const int Height = 180;
    private const int FrameRate = TestSource.FrameRate;

    /// <summary>For all of it, on slow boxes too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="options">Which workers.</param>
    /// <param name="encoder">To be tried.</param>
    /// <param name="width">Of the segments' pictures, even.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PathRehearsal> RunAsync(WorkerPoolOptions options, DeviceEncoder encoder, int width, int height, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        await using var pool = new WorkerPool(
            options with { Slots = 1, LightSlots = 1, SpareWorkers = 0, Device = DeviceUse.None, RunMemoryBytes = null }, NullLogger<WorkerPool>.Instance, TimeProvider.System);
        pool.UseEncoder(encoder);
        try
        {
            PathRehearsal rehearsal = await RunAsync(pool, encoder, width, height, late.Token).ConfigureAwait(false);
            return pool.Encoder.Status?.Why is { } trouble ? new(false, trouble) : rehearsal;
        }
        catch (TranscodeException exception)
        {
            return new(false, $"It does not make segments in a worker that is locked in, as players' are: {WorkerText.Clean(pool.Encoder.Status?.Why ?? exception.Message)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"It did not make {SegmentCount} segments within {(int)Patience.TotalMinutes} minutes.");
        }
    }

    /// <summary>The parameter sets that players are to be told of a rung, asked of an encoder by workers of a pool that has it.</summary>
    /// <param name="run">Has a worker execute an order, and returns what came of it.</param>
    /// <param name="source">As probed.</param>
    /// <param name="encoder">The pool's.</param>
    /// <param name="recipe">Of the box's own encoder.</param>
    /// <returns>In Base64; null where it does not open for this rung, or has sets that no spare can stand beside.</returns>
    public static async Task<string?> ParameterSetsAsync(Func<WorkOrder, Task<byte[]>> run, SourceDescription source, DeviceEncoder encoder, VideoRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(encoder);

        // Once more, as a rung's recipe stands or falls with it: a worker may have been ended by somebody else, or the device been full.
        byte[]? init = await AskedAsync().ConfigureAwait(false) ?? await AskedAsync().ConfigureAwait(false);
        byte[] sets = init is null ? [] : H264Sets.OfInit(init);
        return init is not null && WhyUnfit(sets) is null ? Convert.ToBase64String(sets) : null;

        async Task<byte[]?> AskedAsync()
        {
            try
            {
                return await run(new InitOrder(source, encoder.Asking(recipe))).ConfigureAwait(false);
            }
            catch (TranscodeException exception) when (exception.Failure.Cause is FailureCause.Internal or FailureCause.WorkerDied or FailureCause.WorkerHung)
            {
                return null;
            }
        }
    }

    private static async Task<PathRehearsal> RunAsync(WorkerPool pool, DeviceEncoder encoder, int width, int height, CancellationToken cancellationToken)
    {
        var film = new HeldBytes(MakeFilm(), "rehearsal");
        byte[] described = await BytesAsync(pool, new ProbeOrder(), film, cancellationToken).ConfigureAwait(false);
        SourceDescription source = JsonSerializer.Deserialize(described, EngineJson.Default.SourceDescription)!;
        SourceDescription large = source with { Video = source.Video! with { Width = width, Height = height } };
        var own = (VideoRecipe)Ladder.For(large).Video.First(rung => rung.Recipe is VideoRecipe recipe && DeviceEncoder.Takes(recipe)).Recipe;

        byte[] first = H264Sets.OfInit(await BytesAsync(pool, new InitOrder(source, encoder.Asking(own)), film, cancellationToken).ConfigureAwait(false));
        byte[] again = H264Sets.OfInit(await BytesAsync(pool, new InitOrder(source, encoder.Asking(own)), film, cancellationToken).ConfigureAwait(false));
        if (WhyUnfit(first) is { } unfit)
        {
            return new(false, unfit);
        }

        if (!first.AsSpan().SequenceEqual(again))
        {
            return new(false, "It tells other parameter sets each time it is opened, and players are told once.");
        }

        VideoRecipe recipe = encoder.Making(own, Convert.ToBase64String(first));
        using var joined = new MemoryStream();
        await joined.WriteAsync(await BytesAsync(pool, new InitOrder(source, recipe), film, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        for (int index = 0; index < SegmentCount; index++)
        {
            await joined.WriteAsync(await BytesAsync(pool, new SegmentOrder(source, recipe, index), film, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        // Once more, by an encoder that has had others before it.
        await BytesAsync(pool, new SegmentOrder(source, recipe, 0), film, cancellationToken).ConfigureAwait(false);
        byte[] seen = await BytesAsync(pool, new ProbeOrder(), new HeldBytes(joined.ToArray(), "rehearsed"), cancellationToken).ConfigureAwait(false);
        SourceDescription found = JsonSerializer.Deserialize(seen, EngineJson.Default.SourceDescription)!;
        return (found.Video?.Width, found.Video?.Height, found.Grid.FrameCount) == (recipe.Width, recipe.Height, source.Grid.FrameCount)
            ? new(true, string.Create(CultureInfo.InvariantCulture, $"Workers that are locked in made {SegmentCount} segments of {recipe.Width}×{recipe.Height} with it as players would get them."))
            : new(false, string.Create(CultureInfo.InvariantCulture, $"Its segments one after another are {found.Video?.Width}×{found.Video?.Height} with {found.Grid.FrameCount} pictures, and not {recipe.Width}×{recipe.Height} with {source.Grid.FrameCount}."));
    }

    private static string? WhyUnfit(byte[] sets)
    {
        List<byte[]> units = H264Sets.OfHeader(sets);
        return !units.Exists(unit => H264Sets.TypeOf(unit) == H264Sets.Sequence) || !units.Exists(unit => H264Sets.TypeOf(unit) == H264Sets.Picture)
                ? "It does not tell its parameter sets before its first picture, and players want them first."
            : units.Exists(unit => H264Sets.TypeOf(unit) == H264Sets.Sequence && H264Sets.NumberOf(unit) != 0)
                ? "Its parameter sets have a number that the spare's may have."
            : null;
    }

    private static async Task<byte[]> BytesAsync(WorkerPool pool, WorkOrder order, HeldBytes source, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await pool.RunAsync(
            order,
            source,
            WorkPriority.Playing,
            chunk =>
            {
                output.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return output.ToArray();
    }

    /// <summary>YUV4MPEG2: calm, moving, and noise.</summary>
    private static byte[] MakeFilm()
    {
        const int frames = SegmentCount * FrameRate * 2;
        using var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"YUV4MPEG2 W{Width} H{Height} F{FrameRate}:1 Ip A1:1 C420jpeg\n")));
        byte[] picture = new byte[Width * Height * 3 / 2];
        uint noise = 2463534242;
        for (int frame = 0; frame < frames; frame++)
        {
            file.Write("FRAME\n"u8);
            int kind = frame * SegmentCount / frames;
            for (int i = 0; i < picture.Length; i++)
            {
                noise ^= noise << 13;
                noise ^= noise >> 17;
                noise ^= noise << 5;
                picture[i] = (byte)(kind switch
                {
                    0 => (i % Width / 2) + 40,
                    1 => (i % Width) + (i / Width) + (frame * 5),
                    _ => 64 + (int)(noise & 127),
                });
            }

            file.Write(picture);
        }

        return file.ToArray();
    }
}
