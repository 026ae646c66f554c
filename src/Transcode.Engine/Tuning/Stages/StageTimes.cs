namespace Transcode.Engine.Tuning.Stages;

/// <summary>Which is quicker at some work, a device or the processor, by the first pieces of it, which they do by turns: what they make is the
/// same to the byte, so nobody sees which of them made it. For several threads.</summary>
/// <param name="clock">To measure by.</param>
internal sealed class StageTimes(TimeProvider clock)
{
    /// <summary>Pieces of each that are measured before the one is left for the other.</summary>
    public const int Trials = 8;

    /// <summary>Of these, the first ones count for nothing: that is when memory is taken and code is compiled.</summary>
    private const int Unmeasured = 2;

    private readonly Lock gate = new();
    private readonly List<long> onDevice = [];
    private readonly List<long> onProcessor = [];
    private bool? isDeviceQuicker;

    /// <summary>Null as long as it is not known.</summary>
    public bool? IsDeviceQuicker
    {
        get
        {
            lock (gate)
            {
                return isDeviceQuicker;
            }
        }
    }

    /// <summary>Whether the next piece is the device's.</summary>
    public bool TakesDevice()
    {
        lock (gate)
        {
            return isDeviceQuicker ?? onDevice.Count <= onProcessor.Count;
        }
    }

    /// <summary>The time now, to be given to <see cref="Since"/>.</summary>
    public long Now() => clock.GetTimestamp();

    /// <summary>Of the clock, since then.</summary>
    public long Since(long then) => clock.GetTimestamp() - then;

    /// <summary>A piece is done.</summary>
    /// <param name="byDevice">By which.</param>
    /// <param name="took">As of <see cref="Since"/>.</param>
    public void Add(bool byDevice, long took)
    {
        lock (gate)
        {
            if (isDeviceQuicker is not null)
            {
                return;
            }

            (byDevice ? onDevice : onProcessor).Add(took);
            if (onDevice.Count >= Trials && onProcessor.Count >= Trials)
            {
                isDeviceQuicker = Median(onDevice) < Median(onProcessor);
            }
        }
    }

    /// <summary>The device cannot do it: it is not asked for such work again.</summary>
    public void LeaveToProcessor()
    {
        lock (gate)
        {
            isDeviceQuicker = false;
        }
    }

    private static long Median(List<long> times) => times.Skip(Unmeasured).Order().ElementAt((times.Count - Unmeasured) / 2);
}
