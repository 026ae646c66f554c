using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>What a whole ladder takes of processors where nothing is counted but one decode, and each rung's single-threaded
/// encoder on pictures that are ready.</summary>
/// <param name="Decoding">All of it.</param>
/// <param name="Encoding">A rung each.</param>
internal sealed record LadderArithmetic(TimeSpan Decoding, TimeSpan[] Encoding)
{
    public TimeSpan Sum => Encoding.Aggregate(Decoding, (sum, rung) => sum + rung);

    /// <param name="film">The source.</param>
    /// <param name="rungs">To make of it.</param>
    /// <param name="atOnce">Segments made at the same time, on a thread each: one has caches, memory and clock to itself, and cores
    /// that are two halves of one.</param>
    public static async Task<LadderArithmetic> MeasureAsync(string film, VideoRecipe[] rungs, int atOnce)
    {
        SourceDescription source = Describe(film);
        LadderArithmetic[] parts = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(part => Task.Factory.StartNew(
            () => Measure(film, source, rungs, part, atOnce), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return parts.Aggregate((sum, part) => new(sum.Decoding + part.Decoding, [.. sum.Encoding.Zip(part.Encoding, (one, other) => one + other)]));
    }

    private static SourceDescription Describe(string film)
    {
        using var bytes = new FileSource(film);
        using var bench = new Workbench();
        using var json = new MemoryStream();
        bench.Execute(new ProbeOrder(), bytes, chunk => json.Write(chunk.Span), CancellationToken.None);
        return JsonSerializer.Deserialize(json.ToArray(), EngineJson.Default.SourceDescription)!;
    }

    private static LadderArithmetic Measure(string film, SourceDescription source, VideoRecipe[] rungs, int first, int step)
    {
        using var bytes = new FileSource(film);
        using var opened = SourceReader.Open(bytes);
        TimeSpan decoding = TimeSpan.Zero;
        var encoding = new TimeSpan[rungs.Length];
        for (int index = first; index < source.Grid.SegmentCount; index += step)
        {
            TimeSpan before = ProcessTime.OfThisThread();
            List<AvFrame> pictures = Decode(opened, source, index);
            decoding += ProcessTime.OfThisThread() - before;
            for (int rung = 0; rung < rungs.Length; rung++)
            {
                encoding[rung] += Encode(source, rungs[rung], index, pictures);
            }

            pictures.ForEach(picture => picture.Dispose());
        }

        return new(decoding, encoding);
    }

    private static List<AvFrame> Decode(SourceReader opened, SourceDescription source, int index)
    {
        var pictures = new List<AvFrame>();
        long first = source.Grid.FirstFrame(index);
        using var reader = new PictureReader(opened, source, first, source.Video!.Deinterlacer);
        for (int number = 0; number < source.Grid.FramesIn(index); number++)
        {
            var kept = new AvFrame();
            kept.Reference(reader.PictureAt(first + number));
            pictures.Add(kept);
        }

        return pictures;
    }

    private static TimeSpan Encode(SourceDescription source, VideoRecipe recipe, int index, List<AvFrame> pictures)
    {
        using PictureShaper shaper = PictureShaper.For(source.Video!, recipe, PictureDevice.None);
        var ready = new List<AvFrame>();
        foreach (AvFrame picture in pictures)
        {
            var shaped = new AvFrame();
            shaper.Shape(picture, shaped);
            shaped.Pts = ready.Count;
            shaped.PictureType = 0;
            ready.Add(shaped);
        }

        TimeSpan before = ProcessTime.OfThisThread();
        using (var encoder = new RungEncoder(source.Grid, index, recipe, _ => { }))
        {
            ready.ForEach(encoder.Take);
            encoder.Finish();
        }

        TimeSpan taken = ProcessTime.OfThisThread() - before;
        ready.ForEach(picture => picture.Dispose());
        return taken;
    }
}
