using Appliance.Samples.Pictures;

namespace Appliance.Samples;

/// <summary>Paints the film's pictures on all processors and hands them out in order. While one batch is being taken, the
/// next is painted; two batches are all the memory there is.</summary>
internal sealed class PictureLine
{
    private const int PicturesPerPainter = 4;
    private const int MostPainters = 8;

    private readonly SampleFilm[] _painters;
    private readonly Picture[][] _batches;
    private readonly int _frameCount;

    public PictureLine(SampleOptions options, SampleTiming timing)
    {
        _frameCount = timing.FrameCount;
        int painters = Math.Clamp(Environment.ProcessorCount, 1, MostPainters);
        _painters = new SampleFilm[painters];
        Parallel.For(0, painters, painter => _painters[painter] = new SampleFilm(options, timing));
        _batches = [NewBatch(options, painters), NewBatch(options, painters)];
    }

    /// <summary>Gives every picture to <paramref name="take"/>, in order, one at a time; it must not keep them.</summary>
    public async Task RunAsync(Action<int, Picture> take, CancellationToken cancellationToken)
    {
        int size = _batches[0].Length;
        Task painting = PaintAsync(0, cancellationToken);
        for (int start = 0; start < _frameCount; start += size)
        {
            await painting.ConfigureAwait(false);
            painting = start + size < _frameCount ? PaintAsync(start + size, cancellationToken) : Task.CompletedTask;
            try
            {
                for (int frame = start; frame < Math.Min(start + size, _frameCount); frame++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    take(frame, BatchOf(start)[frame - start]);
                }
            }
            catch
            {
                await painting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }

    private static Picture[] NewBatch(SampleOptions options, int painters) =>
        [.. Enumerable.Range(0, painters * PicturesPerPainter).Select(_ => new Picture(options.Width, options.Height))];

    private Picture[] BatchOf(int start) => _batches[start / _batches[0].Length % 2];

    private Task PaintAsync(int start, CancellationToken cancellationToken)
    {
        Picture[] batch = BatchOf(start);
        int end = Math.Min(batch.Length, _frameCount - start);
        int next = -1;
        return Task.WhenAll(_painters.Select(painter => Task.Run(
            () =>
            {
                for (int i = Interlocked.Increment(ref next); i < end; i = Interlocked.Increment(ref next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    painter.Paint(start + i, batch[i]);
                }
            },
            cancellationToken)));
    }
}
