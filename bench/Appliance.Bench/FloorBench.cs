using System.Globalization;
using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>How far the ladder is from its arithmetic: one decode, and each rung's single-threaded encoder on pictures that
/// are ready, spread over the cores without loss; scaling, moving, writing and starting all for nothing.</summary>
internal static class FloorBench
{
    private const int DefaultRounds = 3;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            string film = arguments.Film.Length > 0 ? arguments.Film : await Film.MakeAsync(folder.FullName);
            var engine = new EngineLadder(arguments.Program, film, folder.FullName, LadderBench.Rungs);
            Console.WriteLine($"{Path.GetFileName(film)}, {Environment.ProcessorCount} cores, load before {Load.Now}");
            await engine.RunAsync();
            VideoRecipe[] rungs = [.. engine.Renditions.Select(rendition => rendition.Recipe).OfType<VideoRecipe>()];
            var rounds = new List<(LadderCost Cost, TimeSpan Decoding, TimeSpan[] Encoding)>();
            while (rounds.Count < (arguments.Count ?? DefaultRounds))
            {
                LadderCost cost = await engine.RunAsync();
                (TimeSpan decoding, TimeSpan[] encoding) = Arithmetic(film, rungs);
                rounds.Add((cost, decoding, encoding));
            }

            Print(rounds, [.. engine.Renditions.Select(rendition => rendition.Name)]);
            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Processor times, in this process.</summary>
    private static (TimeSpan Decoding, TimeSpan[] Encoding) Arithmetic(string film, VideoRecipe[] rungs)
    {
        using var bytes = new FileSource(film);
        using var bench = new Workbench();
        using var json = new MemoryStream();
        bench.Execute(new ProbeOrder(), bytes, chunk => json.Write(chunk.Span), CancellationToken.None);
        SourceDescription source = JsonSerializer.Deserialize(json.ToArray(), EngineJson.Default.SourceDescription)!;
        using var opened = SourceReader.Open(bytes);
        TimeSpan decoding = TimeSpan.Zero;
        var encoding = new TimeSpan[rungs.Length];
        for (int index = 0; index < source.Grid.SegmentCount; index++)
        {
            List<AvFrame> pictures = Decode(opened, source, index, ref decoding);
            for (int i = 0; i < rungs.Length; i++)
            {
                encoding[i] += Encode(source, rungs[i], index, pictures);
            }

            pictures.ForEach(picture => picture.Dispose());
        }

        return (decoding, encoding);
    }

    private static List<AvFrame> Decode(SourceReader opened, SourceDescription source, int index, ref TimeSpan taken)
    {
        var pictures = new List<AvFrame>();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long first = source.Grid.FirstFrame(index);
        using var reader = new PictureReader(opened, source, first, source.Video!.Deinterlacer);
        for (int number = 0; number < source.Grid.FramesIn(index); number++)
        {
            var kept = new AvFrame();
            kept.Reference(reader.PictureAt(first + number));
            pictures.Add(kept);
        }

        taken += Environment.CpuUsage.TotalTime - before;
        return pictures;
    }

    private static TimeSpan Encode(SourceDescription source, VideoRecipe recipe, int index, List<AvFrame> pictures)
    {
        using PictureShaper shaper = PictureShaper.For(source.Video!, recipe);
        var ready = new List<AvFrame>();
        foreach (AvFrame picture in pictures)
        {
            var shaped = new AvFrame();
            shaper.Shape(picture, shaped);
            shaped.Pts = ready.Count;
            shaped.PictureType = 0;
            ready.Add(shaped);
        }

        TimeSpan before = Environment.CpuUsage.TotalTime;
        using (var encoder = new RungEncoder(source.Grid, index, recipe, _ => { }))
        {
            ready.ForEach(encoder.Take);
            encoder.Finish();
        }

        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        ready.ForEach(picture => picture.Dispose());
        return taken;
    }

    private static void Print(List<(LadderCost Cost, TimeSpan Decoding, TimeSpan[] Encoding)> rounds, string[] names)
    {
        double Median(Func<(LadderCost Cost, TimeSpan Decoding, TimeSpan[] Encoding), double> value) => Medians.Of(rounds.Select(value));
        Console.WriteLine($"\nmedians of {rounds.Count} rounds, in s");
        Row("decoding", Median(round => round.Decoding.TotalSeconds));
        for (int i = 0; i < rounds[0].Encoding.Length; i++)
        {
            int rung = i;
            Row($"encoding {names[i]}", Median(round => round.Encoding[rung].TotalSeconds));
        }

        Row($"their sum over {Environment.ProcessorCount} cores", Median(Floor));
        Row("the whole ladder, processor over cores", Median(round => round.Cost.Cpu.TotalSeconds / Environment.ProcessorCount));
        Row("the whole ladder, wall", Median(round => round.Cost.Wall.TotalSeconds));
        Row("wall to floor", Median(round => round.Cost.Wall.TotalSeconds / Floor(round)));
        Row("processor to floor", Median(round => round.Cost.Cpu.TotalSeconds / Environment.ProcessorCount / Floor(round)));
    }

    private static double Floor((LadderCost Cost, TimeSpan Decoding, TimeSpan[] Encoding) round) =>
        (round.Decoding.TotalSeconds + round.Encoding.Sum(time => time.TotalSeconds)) / Environment.ProcessorCount;

    private static void Row(string what, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-42}{value,9:F2}"));
}
