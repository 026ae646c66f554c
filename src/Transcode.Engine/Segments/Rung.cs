using System.Collections.Concurrent;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Lookahead;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>One rung of a running decode. The decoding thread shapes each picture for it; a thread of its own encodes. It
/// ends by itself, whatever becomes of the others: finished, failed, or left by all who waited.</summary>
internal sealed class Rung : IDisposable
{
    /// <summary>Pictures between the two threads: the limit of memory, and enough to ride out an uneven picture.</summary>
    private const int PicturesAhead = 4;

    /// <summary>Of 0 to 19: a tenth of the share of a thread at 0 (sched(7)).</summary>
    private const int BackgroundNiceness = 10;

    private readonly RungOrder order;
    private readonly PictureDevice device;
    private readonly VideoTrack video;
    private readonly Grid grid;
    private readonly int index;
    private readonly Action<Rung> onEnded;
    private readonly WorkMeter meter;
    private readonly PictureShaper shaper;
    private readonly QuantizerMap? quantizers;

    /// <summary>Shaped, and waiting to be told how they are to be coded: as many as the lookahead reaches, and a run.</summary>
    private readonly Queue<ShapedPicture> unplanned = [];
    private readonly BlockingCollection<ShapedPicture> pictures = new(PicturesAhead);
    private readonly CancellationTokenSource leaving = new();
    private readonly Thread thread;
    private SegmentTally tally;
    private Exception? fault;
    private volatile Exception? feedFault;

    /// <param name="source">As probed.</param>
    /// <param name="index">Of the segment.</param>
    /// <param name="order">What to make of it.</param>
    /// <param name="device">That its pictures may be made on.</param>
    /// <param name="onEnded">Called on the rung's thread as the last thing it does.</param>
    public Rung(SourceDescription source, int index, RungOrder order, PictureDevice device, Action<Rung> onEnded)
    {
        this.order = order;
        this.device = device;
        this.index = index;
        this.onEnded = onEnded;
        grid = source.Grid;
        video = source.Video!;
        meter = new(order.OnChunk);
        shaper = PictureShaper.For(video, order.Recipe, device);
        quantizers = order.Recipe.Lookahead is null ? null : new(order.Recipe.Width, order.Recipe.Height);
        thread = new(EncodeAll) { Name = "encode" };
    }

    public VideoRecipe Recipe => order.Recipe;

    public void Start() => thread.Start();

    public void Join() => thread.Join();

    /// <summary>Hands it a picture of the source; waits while it has enough. Where it has ended, nothing happens. If its recipe has a
    /// lookahead, the picture is coded once its plan is told.</summary>
    /// <param name="picture">Stays the caller's.</param>
    /// <param name="number">In the segment: they must come in order, from 0.</param>
    /// <param name="subtitle">What lies over it, or null.</param>
    /// <param name="peakNits">What becomes white in it, in cd/m², where the recipe names a rule for that.</param>
    public void Offer(AvFrame picture, int number, AvSubtitleImage? subtitle, int? peakNits)
    {
        if (HasEnded)
        {
            return;
        }

        var shaped = new AvFrame();
        try
        {
            shaper.Shape(picture, shaped, Recipe.ToneMap?.PeakRule is null ? null : peakNits);
            shaped.Pts = number;
            shaped.PictureType = 0;
            if (quantizers is null)
            {
                Encode(new(shaped, subtitle));
            }
            else
            {
                unplanned.Enqueue(new(shaped, subtitle));
            }
        }
        catch (Exception exception) when (exception is AvException or NotSupportedException)
        {
            // These pictures cannot be had in its shape; the other rungs are not concerned.
            shaped.Dispose();
            EndOfPictures(Failures.Of(exception, FailureStage.Filter));
        }
    }

    /// <summary>Says how the next picture is to be coded; waits while enough are being coded. Where it has ended, nothing
    /// happens.</summary>
    public void Plan(PicturePlan plan)
    {
        if (!HasEnded)
        {
            ShapedPicture shaped = unplanned.Dequeue();
            quantizers!.Apply(plan, shaped.Picture);
            Encode(shaped);
        }
    }

    /// <summary>No picture follows.</summary>
    /// <param name="why">Null where that was all.</param>
    public void EndOfPictures(Exception? why)
    {
        if (!pictures.IsAddingCompleted)
        {
            feedFault = why;
            pictures.CompleteAdding();
        }
    }

    /// <summary>Says how it ended. Once, after its end.</summary>
    public void Answer(string engine, SharedCost cost) =>
        order.OnEnd(fault is null ? meter.Report(engine, tally, cost.Take()) with { Decoder = cost.Decoder } : null, fault);

    public void Dispose()
    {
        Clear();
        while (unplanned.TryDequeue(out ShapedPicture left))
        {
            left.Picture.Dispose();
        }

        pictures.Dispose();
        leaving.Dispose();
        meter.Dispose();
        shaper.Dispose();
    }

    private bool HasEnded => leaving.IsCancellationRequested || pictures.IsAddingCompleted;

    private void Encode(ShapedPicture picture)
    {
        try
        {
            pictures.Add(picture, leaving.Token);
        }
        catch (OperationCanceledException)
        {
            picture.Picture.Dispose();
        }
    }

    private void EncodeAll()
    {
        if (order.GivesWay)
        {
            // For this thread only, which ends with the rung. Where it is refused, the work is merely less polite.
            _ = LibC.SetPriority(LibC.PRIO_PROCESS, 0, Math.Max(BackgroundNiceness, LibC.GetPriority(LibC.PRIO_PROCESS, 0)));
        }

        try
        {
            using var encoder = new RungEncoder(grid, index, order.Recipe, meter.Take, order.Resume);
            using var ready = new PictureFinisher(video, order.Recipe, device, picture =>
            {
                order.OnPicture?.Invoke(picture);
                encoder.Take(picture);
            });
            foreach (ShapedPicture picture in pictures.GetConsumingEnumerable(order.CancellationToken))
            {
                ready.Take(picture);
            }

            fault = feedFault;
            if (fault is null)
            {
                ready.Finish();
                tally = encoder.Finish();
            }
        }
        catch (Exception exception)
        {
            fault = Failures.Of(exception, FailureStage.Encode);
        }

        leaving.Cancel();
        Clear();
        onEnded(this);
    }

    private void Clear()
    {
        while (pictures.TryTake(out ShapedPicture left))
        {
            left.Picture.Dispose();
        }
    }
}
