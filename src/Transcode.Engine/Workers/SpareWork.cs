using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>Work whose encoder may fail in the middle: what is left of the segment is then the spare's, on the same grid, with the bits that are left of the
/// promise. Who reads it notices nothing.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The work disposes of them when it ends.")]
public sealed class SpareWork
{
    /// <summary>An IDR picture wants some room, however little is left; the box's promise keeps a tenth of the buffer back for it.</summary>
    private const int LeastBufferPercent = 10;

    private readonly WorkerPool pool;
    private readonly SegmentOrder order;
    private readonly IByteSource source;
    private readonly WholeChunks chunks;
    private readonly CancellationToken cancellationToken;
    private readonly Lock gate = new();
    private WorkPriority priority;
    private WorkHandle handle;

    private SpareWork(
        WorkerPool pool, SegmentOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        this.pool = pool;
        this.order = order;
        this.source = source;
        this.priority = priority;
        this.cancellationToken = cancellationToken;
        chunks = new(onChunk);
        handle = pool.Start(order, source, priority, chunks.TakeAsync, cancellationToken);
        Completion = RunAsync();
    }

    /// <summary>Ends when the last chunk was taken; its report is of all of them.</summary>
    public Task<WorkReport> Completion { get; }

    private VideoRecipe Recipe => (VideoRecipe)order.Recipe;

    /// <summary>Starts an order as <see cref="WorkerPool.Start"/> does; one whose recipe has a spare goes on with it.</summary>
    public static (Task<WorkReport> Completion, Action<WorkPriority> Reprioritize) Start(
        WorkerPool pool, WorkOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (HasSpare(order) && (VideoRecipe)((SegmentOrder)order).Recipe is { } recipe && pool.Encoder.LeavesToSpare(recipe))
        {
            order = (SegmentOrder)order with { Resume = new(0, recipe.BufferInitialPercent) };
        }

        if (HasSpare(order))
        {
            var work = new SpareWork(pool, (SegmentOrder)order, source, priority, onChunk, cancellationToken);
            return (work.Completion, work.Reprioritize);
        }

        WorkHandle alone = pool.Start(order, source, priority, onChunk, cancellationToken);
        return (alone.Completion, alone.Reprioritize);
    }

    /// <summary>Makes it more urgent, or less.</summary>
    public void Reprioritize(WorkPriority wanted)
    {
        lock (gate)
        {
            priority = wanted;
            handle.Reprioritize(wanted);
        }
    }

    /// <summary>Whether an order's encoder has one that takes its place.</summary>
    internal static bool HasSpare(WorkOrder order) => order is SegmentOrder { Resume: null, Recipe: VideoRecipe { Spare: not null } };

    /// <summary>Whether an order is of an encoder whose own end its worker's may be: it is not tried again as it is.</summary>
    internal static bool IsOfDevice(WorkOrder order) => HasSpare(order) || order is InitOrder { Recipe: VideoRecipe { ParameterSets: "" } };

    private async Task<WorkReport> RunAsync()
    {
        long started = Stopwatch.GetTimestamp();
        using (chunks)
        {
            try
            {
                WorkReport report = await handle.Completion.ConfigureAwait(false);
                return !chunks.IsAmidst ? report : throw new TranscodeException(FailureStage.Mux, FailureCause.Internal, "The segment ended inside a chunk.");
            }
            catch (TranscodeException exception) when (IsTheEncoders(exception.Failure))
            {
                ResumePoint place = Place();
                pool.SpareTakesOver(Recipe, order.Index, place, exception.Message);
                WorkReport rest = await GoOnAsync(place, exception).ConfigureAwait(false);
                TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
                return rest with
                {
                    Encoder = place.Frame == 0 ? rest.Encoder : $"{Recipe.Encoder}+{rest.Encoder}",
                    Frames = chunks.Frames,
                    PixelsOut = (long)chunks.Frames * Recipe.Width * Recipe.Height,
                    BytesOut = chunks.Bytes,
                    Sha256 = chunks.Sha256(),
                    ElapsedMicroseconds = (long)elapsed.TotalMicroseconds,
                };
            }
        }
    }

    /// <summary>Has the rest made; how that ends tells whether the encoder was to blame.</summary>
    private async Task<WorkReport> GoOnAsync(ResumePoint place, TranscodeException why)
    {
        if (why.InnerException is not WorkerLostException lost)
        {
            pool.Encoder.Failed(why.Message);
            return await GoOnAsync(place).ConfigureAwait(false);
        }

        try
        {
            WorkReport rest = await GoOnAsync(place).ConfigureAwait(false);
            if (lost.HadDecoder)
            {
                // It may have been the decoder's doing.
                return rest;
            }

            pool.Encoder.Convict(lost);
            return rest;
        }
        catch (TranscodeException exception) when (exception.InnerException is WorkerLostException)
        {
            pool.Encoder.Acquit(lost);
            throw;
        }
    }

    private async Task<WorkReport> GoOnAsync(ResumePoint place)
    {
        chunks.DropBegun();
        WorkHandle next;
        lock (gate)
        {
            next = handle = pool.Start(order with { Resume = place }, source, priority, chunks.TakeAsync, cancellationToken);
        }

        WorkReport report = await next.Completion.ConfigureAwait(false);
        return chunks is { IsAmidst: false } && chunks.Frames == order.Source.Grid.FramesIn(order.Index)
            ? report
            : throw new TranscodeException(FailureStage.Mux, FailureCause.Internal, $"The spare encoder ended after {chunks.Frames} pictures.");
    }

    /// <summary>Not what the source is to blame for, nor the box's being full.</summary>
    private static bool IsTheEncoders(WorkFailure failure) =>
        failure.Stage is FailureStage.Encode or FailureStage.Worker or FailureStage.Mux
        && failure.Cause is FailureCause.Internal or FailureCause.WorkerDied or FailureCause.WorkerHung;

    /// <summary>The picture after the last that was handed on, and how full a leaky bucket that began as the recipe says is by then. Where all are out
    /// already, the spare has nothing left to make.</summary>
    private ResumePoint Place()
    {
        double seconds = chunks.Frames / order.Source.Grid.FrameRate.ToDouble();
        double bits = (Recipe.BufferBits * (Recipe.BufferInitialPercent / 100.0)) + (Recipe.MaxRateBitsPerSecond * seconds) - (chunks.Bytes * 8);
        int percent = (int)Math.Clamp(bits * 100 / Recipe.BufferBits, LeastBufferPercent, Recipe.BufferInitialPercent);
        return new(chunks.Frames, percent);
    }
}
