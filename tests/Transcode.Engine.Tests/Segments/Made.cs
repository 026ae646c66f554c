using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>A shared segment and what became of each rung, in the order they joined.</summary>
internal sealed class Made(Workbench bench, SegmentOrder order)
{
    private readonly VideoSegment segment = VideoSegment.For(order, bench.Identity, bench.Device)!;
    private readonly MemoryStream[] outputs = [.. Enumerable.Range(0, VideoSegment.MaxRungs + 1).Select(_ => new MemoryStream())];
    private readonly (WorkReport? Report, Exception? Failure)[] ends = new (WorkReport?, Exception?)[VideoSegment.MaxRungs + 1];
    private int count;

    public CancellationToken Unwanted => segment.Unwanted;

    public (WorkReport? Report, Exception? Failure)[] Ends => ends[..count];

    public byte[][] Outputs => [.. outputs.Take(count).Select(output => output.ToArray())];

    public bool TryJoin(VideoRecipe recipe, CancellationTokenSource? leaving = null, Action? onChunk = null)
    {
        int number = count;
        bool joined = segment.TryJoin(new(
            recipe,
            chunk =>
            {
                outputs[number].Write(chunk.Span);
                onChunk?.Invoke();
            },
            (report, failure) => ends[number] = (report, failure),
            GivesWay: number % 2 == 1,
            leaving?.Token ?? TestContext.Current.CancellationToken));
        count += joined ? 1 : 0;
        return joined;
    }

    /// <summary>Once.</summary>
    public void Make(FileReader bytes)
    {
        using (segment)
        {
            bench.Execute(segment, bytes);
        }
    }
}
