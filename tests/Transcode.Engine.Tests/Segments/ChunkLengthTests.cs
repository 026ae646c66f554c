using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

public sealed class ChunkLengthTests
{
    [Fact]
    public void Chunks_OfAFilmsSegment_GrowToHalfASecond() =>
        Assert.Equal([3, 3, 6, 12, 12, 12], ChunksOf(new(24, 1)));

    /// <summary>The bandwidth in the playlist counts on it.</summary>
    [Fact]
    public void Chunks_AtAnyRate_AreNoMoreThanWerePromised() =>
        Assert.All(Enumerable.Range(1, 60), rate =>
        {
            Assert.InRange(ChunksOf(new(rate, 1)).Count, 1, Promise.VideoChunks);
            Assert.InRange(ChunksOf(new(rate * 1000, 1001)).Count, 1, Promise.VideoChunks);
        });

    private static List<int> ChunksOf(Rational frameRate)
    {
        int left = new Grid(frameRate, 1000).SegmentFrames;
        var chunks = new List<int>();
        while (left > 0)
        {
            int frames = Math.Min(left, RungEncoder.ChunkFrames(chunks.Sum(), RungEncoder.HalfSecondFrames(frameRate)));
            chunks.Add(frames);
            left -= frames;
        }

        return chunks;
    }
}
