using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>Cold segments at random places, beside the ffmpeg program, in alternating pairs.</summary>
/// <remarks>The workers are as a seek finds them: started, and with the source played before; the segments are not, and
/// neither are the two before each, whose delivery would have had it made ahead. Before either half of a pair the box is
/// idle: what its last delivery set off is over.</remarks>
internal static class SegmentBench
{
    private const int DefaultPairs = 15;

    /// <summary>Segments that a delivery makes: its own and those made ahead.</summary>
    private const int Made = 3;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            arguments = arguments.Film.Length > 0 ? arguments : arguments with { Film = await Film.MakeAsync(folder.FullName) };
            Console.WriteLine($"{Path.GetFileName(arguments.Film)}, seed {arguments.Seed}, {Environment.ProcessorCount} cores, load before {Load.Now}");
            await MeasureAsync(arguments, folder, arguments.Rung);
            await MeasureAsync(arguments, folder, "audio");
            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(BenchArguments arguments, DirectoryInfo folder, string name)
    {
        var random = new Random(arguments.Seed);
        var pairs = new List<SegmentPair>();
        int count = arguments.Count ?? DefaultPairs;
        while (pairs.Count < count)
        {
            DirectoryInfo data = folder.CreateSubdirectory(Path.GetRandomFileName());
            await using Box box = await Box.StartAsync(arguments, data.FullName);
            await box.PlayableAsync(data.FullName);
            if (box.Ladder.Renditions.FirstOrDefault(r => r.Name == name) is not { } rendition)
            {
                Console.WriteLine($"{name}: this film has no such rendition");
                return;
            }

            int segments = box.Source.Grid.SegmentCount;
            var made = new bool[segments + Made];
            await PlayAsync(box, rendition, made);
            while (pairs.Count < count)
            {
                // The last segment may be short: it would compare little.
                int[] left = [.. Enumerable.Range(0, Math.Max(1, segments - 1)).Where(i => !made[i])];
                if (left.Length == 0)
                {
                    break;
                }

                int index = left[random.Next(left.Length)];
                made.AsSpan(index, Made).Fill(true);
                pairs.Add(await PairAsync(arguments, box, rendition, index, ffmpegFirst: pairs.Count % 2 == 1));
            }

            if (pairs.Count == 0)
            {
                Console.WriteLine($"{name}: the film is too short");
                return;
            }
        }

        Print(name, pairs);
    }

    /// <summary>What a player does first.</summary>
    private static async Task PlayAsync(Box box, Rendition rendition, bool[] made)
    {
        await box.MasterAsync();
        await box.IdleAsync();
        await box.SegmentAsync(rendition, 0);
        made.AsSpan(0, Made).Fill(true);
        await box.IdleAsync();
    }

    private static async Task<SegmentPair> PairAsync(BenchArguments arguments, Box box, Rendition rendition, int index, bool ffmpegFirst)
    {
        ToolRun? ffmpeg = ffmpegFirst ? await FfmpegSegment.RunAsync(arguments.Film, box.Source, rendition, index) : null;
        BoxRun run = await box.SegmentAsync(rendition, index);
        await box.IdleAsync();
        ffmpeg ??= await FfmpegSegment.RunAsync(arguments.Film, box.Source, rendition, index);
        (_, TimeSpan workerCpu, long bytesIn) = await box.WorkAsync(rendition, index);
        return new(index, run, workerCpu, bytesIn, ffmpeg);
    }

    private static void Print(string name, List<SegmentPair> pairs)
    {
        double ffmpegWhole = Medians.Milliseconds(pairs.Select(p => p.Ffmpeg.Whole));
        double ffmpegCpu = Medians.Milliseconds(pairs.Select(p => p.Ffmpeg.Cpu));
        double first = Medians.Milliseconds(pairs.Select(p => p.Box.FirstByte));
        double whole = Medians.Milliseconds(pairs.Select(p => p.Box.Whole));
        double hostCpu = pairs.Average(p => p.Box.Cpu.TotalMilliseconds);
        double workerCpu = Medians.Milliseconds(pairs.Select(p => p.WorkerCpu));
        Console.WriteLine($"\n{name}, {pairs.Count} pairs, segments {string.Join(' ', pairs.Select(p => p.Index))}");
        Console.WriteLine($"{"medians",-28}{"ms",9}{"to ffmpeg's",13}");
        Row("ffmpeg, whole", ffmpegWhole, null);
        Row("ffmpeg, first byte", Medians.Milliseconds(pairs.Select(p => p.Ffmpeg.FirstByte)), ffmpegWhole);
        Row("appliance, first byte", first, ffmpegWhole);
        Row("appliance, whole", whole, ffmpegWhole);
        Row("ffmpeg, CPU", ffmpegCpu, null);
        Row("worker, CPU", workerCpu, ffmpegCpu);
        Row("host, CPU (mean)", hostCpu, ffmpegCpu);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median ratio within a pair: first byte {Medians.Of(pairs.Select(p => p.Box.FirstByte / p.Ffmpeg.Whole)):F2}, whole {Medians.Of(pairs.Select(p => p.Box.Whole / p.Ffmpeg.Whole)):F2}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"bytes: source read {Medians.Of(pairs.Select(p => (double)p.BytesIn)):F0}, appliance gave {Medians.Of(pairs.Select(p => (double)p.Box.Bytes)):F0}, ffmpeg gave {Medians.Of(pairs.Select(p => (double)p.Ffmpeg.Bytes)):F0}"));
    }

    private static void Row(string what, double milliseconds, double? beside) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-28}{milliseconds,9:F0}{(beside is { } base_ ? (milliseconds / base_).ToString("F2", CultureInfo.InvariantCulture) : ""),13}"));
}
