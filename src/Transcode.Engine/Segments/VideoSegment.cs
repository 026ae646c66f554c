using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Decoding;
using Transcode.Engine.Tuning.Lookahead;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>One segment of pictures, made for one rung or several from one decode: decode → shape on the caller's thread,
/// encode → mux on a thread a rung. Rungs come while the first pictures go by, and leave at any time; each one's bytes are
/// those it would have alone, because all it has of the others is the decoder's pictures, and these are nobody's.</summary>
/// <remarks>The decode goes at the pace of the slowest rung: between two rungs lie at most the few pictures that each may
/// have ahead.</remarks>
internal sealed class VideoSegment : IDisposable
{
    /// <summary>Rungs of one decode in all, those that left included: each has an encoder and its pictures in memory.</summary>
    public const int MaxRungs = 8;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource unwanted = new();
    private readonly SharedCost cost = new();
    private readonly KeptPictures kept = new();
    private readonly List<Rung> rungs = [];
    private readonly SourceDescription source;
    private readonly int index;
    private readonly string engine;
    private readonly PictureDevice device;
    private readonly FilmDecoders decoders;
    private readonly string? deinterlacer;
    private readonly BurnIn? burnIn;

    /// <summary>Those that have been given every picture so far. The decoding thread's own.</summary>
    private readonly List<Rung> fed = [];

    /// <summary>By the lookahead's name. The decoding thread's own.</summary>
    private readonly Dictionary<string, PicturePlans> plans = [];

    /// <summary>The decoding thread's own.</summary>
    private readonly SharedPeaks peaks;
    private BurntSubtitles? subtitles;
    private int running;
    private bool isClosed;
    private Rung? last;

    private VideoSegment(SegmentOrder order, EngineIdentity engine, PictureDevice device, FilmDecoders decoders)
    {
        this.decoders = decoders;
        this.device = device;
        source = order.Source;
        peaks = new(order.Source.Video!);
        index = order.Index;
        deinterlacer = ((VideoRecipe)order.Recipe).Deinterlacer;
        burnIn = ((VideoRecipe)order.Recipe).BurnIn;
        this.engine = engine.ToString();
        Unwanted = unwanted.Token;
    }

    /// <summary>Cancelled when no rung is left.</summary>
    public CancellationToken Unwanted { get; }

    /// <summary>Whether libav met damage in what it decoded of the source; known when all is made.</summary>
    public bool SourceIsDamaged { get; private set; }

    /// <summary>Null where the order is for something else, or outside the grid.</summary>
    /// <param name="order">For what.</param>
    /// <param name="engine">That makes it.</param>
    /// <param name="device">That its pictures may be made on.</param>
    /// <param name="decoders">Devices' that may decode the source; null for none. No byte depends on them.</param>
    public static VideoSegment? For(WorkOrder order, EngineIdentity engine, PictureDevice device, FilmDecoders? decoders = null) =>
        order is SegmentOrder { Recipe: VideoRecipe, Source.Video: not null } segment
        && segment.Index >= 0 && segment.Index < segment.Source.Grid.SegmentCount
            ? new(segment, engine, device, decoders ?? FilmDecoders.None)
            : null;

    /// <summary>Whether an order can be made from the same pictures.</summary>
    public static bool Share(SegmentOrder one, SegmentOrder other) =>
        one.Index == other.Index
        && one.Resume == other.Resume
        && one.Recipe is VideoRecipe rung && other.Recipe is VideoRecipe further
        && rung.Deinterlacer == further.Deinterlacer
        && rung.BurnIn == further.BurnIn
        && one.Source.OriginMicroseconds == other.Source.OriginMicroseconds
        && one.Source.Grid == other.Source.Grid
        && one.Source.Video == other.Source.Video;

    /// <summary>Adds a rung. On any thread.</summary>
    /// <returns>False where the decode has gone too far, or has rungs enough; nothing is called back then.</returns>
    public bool TryJoin(RungOrder order)
    {
        lock (gate)
        {
            if (isClosed || rungs.Count == MaxRungs)
            {
                return false;
            }

            var rung = new Rung(source, index, order, device, OnEnded);
            rungs.Add(rung);
            running++;
            rung.Start();
            return true;
        }
    }

    /// <summary>Decodes, and returns when every rung has ended; the last of them is answered last of all.</summary>
    /// <param name="open">Opens the source.</param>
    /// <param name="bytes">What it is read through.</param>
    /// <returns>What the decode ended of, where it ended early.</returns>
    public Exception? Make(Func<SourceReader> open, CountingReader bytes)
    {
        Exception? fault = null;
        try
        {
            Feed(open(), bytes);
        }
        catch (Exception exception)
        {
            fault = Failures.Of(exception, FailureStage.Decode);
        }

        lock (gate)
        {
            isClosed = true;
        }

        rungs.ForEach(rung => rung.EndOfPictures(fault));
        rungs.ForEach(rung => rung.Join());
        last?.Answer(engine, cost);
        return fault;
    }

    public void Dispose()
    {
        rungs.ForEach(rung => rung.Dispose());
        kept.Dispose();
        peaks.Dispose();
        foreach (PicturePlans known in plans.Values)
        {
            known.Dispose();
        }

        unwanted.Dispose();
    }

    private void Feed(SourceReader opened, CountingReader bytes)
    {
        long first = source.Grid.FirstFrame(index);
        int count = source.Grid.FramesIn(index);
        subtitles = burnIn is null ? null : BurntSubtitles.Read(opened, source, burnIn, index, Unwanted);
        using var reader = new PictureReader(opened, source, first, deinterlacer, decoders);
        for (int number = 0; number < count; number++)
        {
            Unwanted.ThrowIfCancellationRequested();
            int at = number;
            AvFrame picture = reader.PictureAt(first + at);
            SourceIsDamaged = reader.IsDamaged;
            cost.Update(reader.DecodedPixels, bytes.Count, reader.Decoder);
            CatchUp(picture);
            peaks.Add(picture);
            fed.ForEach(rung => rung.Offer(picture, at, subtitles?.At(at), peaks.At(at)));
            Plan(picture);
        }

        // Where the whole segment is kept, somebody may have come after the last picture.
        CatchUp(next: null);
    }

    /// <summary>Looks at a picture, and tells each rung how those are to be coded that are known now.</summary>
    private void Plan(AvFrame picture)
    {
        foreach ((string name, PicturePlans known) in plans)
        {
            int before = known.Known.Count;
            known.Add(picture);
            foreach (PicturePlan plan in known.Known.Skip(before))
            {
                fed.Where(rung => rung.Recipe.Lookahead == name).ToList().ForEach(rung => rung.Plan(plan));
            }
        }
    }

    /// <summary>What is known by a rung's lookahead, which begins with the first rung that names it.</summary>
    private IReadOnlyList<PicturePlan> KnownFor(Rung rung)
    {
        if (rung.Recipe.Lookahead is not { } name)
        {
            return [];
        }

        if (!plans.TryGetValue(name, out PicturePlans? known))
        {
            plans[name] = known = new(source, rung.Recipe, source.Grid.FramesIn(index));
            foreach (AvFrame picture in kept.Pictures)
            {
                known.Add(picture);
            }
        }

        return known.Known;
    }

    /// <summary>Gives new rungs what went before, and keeps the next picture for those still to come; where it cannot be
    /// kept, nobody else can come.</summary>
    private void CatchUp(AvFrame? next)
    {
        while (NextToFeed(next) is { } rung)
        {
            peaks.Join(rung, kept.Pictures);
            for (int number = 0; number < kept.Pictures.Count; number++)
            {
                rung.Offer(kept.Pictures[number], number, subtitles?.At(number), peaks.At(number));
            }

            foreach (PicturePlan plan in KnownFor(rung))
            {
                rung.Plan(plan);
            }

            fed.Add(rung);
        }
    }

    private Rung? NextToFeed(AvFrame? next)
    {
        lock (gate)
        {
            if (fed.Count < rungs.Count)
            {
                return rungs[fed.Count];
            }

            isClosed = isClosed || next is null || !kept.TryKeep(next);
            if (isClosed)
            {
                kept.Dispose();
            }

            return null;
        }
    }

    private void OnEnded(Rung rung)
    {
        bool isLast;
        lock (gate)
        {
            isLast = --running == 0;
            isClosed = isClosed || isLast;
            last = isLast ? rung : null;
        }

        if (isLast)
        {
            unwanted.Cancel();
        }
        else
        {
            rung.Answer(engine, cost);
        }
    }
}
