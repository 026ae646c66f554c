using System.Globalization;
using System.Text.RegularExpressions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>What a worker keeps between orders.</summary>
public sealed partial class WorkerMemoryTests
{
    /// <summary>Where glibc's heaps beside the first begin: at multiples of this (malloc's HEAP_MAX_SIZE).</summary>
    private const long HeapAlignment = 64L << 20;

    /// <summary>Pictures and tables of encoders that are gone went back to the kernel: the heaps hold small things alone.</summary>
    [Fact]
    public async Task Pictures_OfEncodersThatAreGone_AreInNoHeap()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        var source = new GatedSource(RawVideo.Bytes, "aa");
        for (int i = 0; i < 6; i++)
        {
            SegmentOrder small = RawVideo.Segment(i % 2);
            var large = new SegmentOrder(small.Source, (VideoRecipe)small.Recipe with { Width = 1280, Height = 720 }, small.Index);
            await Pools.BytesAsync(pool, large, source, TestContext.Current.CancellationToken);
        }

        int worker = Assert.Single(pool.Status.Workers).ProcessId;
        long resident = HeapBytes(await File.ReadAllTextAsync($"/proc/{worker}/smaps", TestContext.Current.CancellationToken));

        Assert.InRange(resident, 1, 16 << 20);
    }

    /// <summary>Resident bytes of all of malloc's heaps.</summary>
    private static long HeapBytes(string smaps)
    {
        long bytes = 0;
        bool isHeap = false;
        foreach (string line in smaps.Split('\n'))
        {
            if (Mapping().Match(line) is { Success: true } mapping)
            {
                long start = long.Parse(mapping.Groups["start"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                string name = mapping.Groups["name"].Value;
                isHeap = name == "[heap]" || (name.Length == 0 && start % HeapAlignment == 0);
            }
            else if (isHeap && line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                bytes += long.Parse(line["Rss:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
            }
        }

        return bytes;
    }

    [GeneratedRegex(@"^(?<start>[0-9a-f]+)-[0-9a-f]+ rw-p \S+ \S+ \d+\s*(?<name>.*)$")]
    private static partial Regex Mapping();
}
