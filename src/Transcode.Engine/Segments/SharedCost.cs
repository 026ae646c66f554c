using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>What the rungs of one decode have in common, told once: each rung that ends takes what none before it took.
/// So the reports' sums are what was really decoded, read and spent, however many shared it, and nothing is metered twice.
/// Most often the first to end takes the whole decode, and the others none.</summary>
internal sealed class SharedCost
{
    private readonly Lock gate = new();
    private CostShare told = new(0, 0, Environment.CpuUsage.TotalTime);
    private long pixelsIn;
    private long bytesIn;
    private DecoderNote? decoder;

    /// <summary>What is to be said of a device's decoder; null where none was thought of.</summary>
    public DecoderNote? Decoder
    {
        get
        {
            lock (gate)
            {
                return decoder;
            }
        }
    }

    /// <param name="pixels">Decoded so far, lead-in included.</param>
    /// <param name="bytes">Of the source, read so far.</param>
    /// <param name="note">As <see cref="Decoder"/>.</param>
    public void Update(long pixels, long bytes, DecoderNote? note)
    {
        lock (gate)
        {
            (pixelsIn, bytesIn, decoder) = (pixels, bytes, note);
        }
    }

    /// <summary>What was not told yet.</summary>
    public CostShare Take()
    {
        lock (gate)
        {
            CostShare before = told;
            told = new(pixelsIn, bytesIn, Environment.CpuUsage.TotalTime);
            return new(told.PixelsIn - before.PixelsIn, told.BytesIn - before.BytesIn, told.Cpu - before.Cpu);
        }
    }
}
