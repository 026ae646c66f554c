using System.Collections.Concurrent;
using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>The device that pictures may be made on beside the processor, and what is known of how quick it is. For several threads.</summary>
internal sealed class PictureDevice : IDisposable
{
    /// <summary>Kinds of work whose times are kept: sizes, layouts and plans. Beyond, the processor's.</summary>
    private const int MostKinds = 256;

    private readonly ConcurrentDictionary<string, StageTimes> times = new(StringComparer.Ordinal);
    private readonly DeviceContext? context;
    private readonly TimeProvider clock;
    private readonly Action<string> tell;
    private volatile bool isLost;

    private PictureDevice(DeviceContext? context, TimeProvider clock, Action<string> tell) => (this.context, this.clock, this.tell) = (context, clock, tell);

    /// <summary>There is none: the processor does it all.</summary>
    public static PictureDevice None { get; } = new(null, TimeProvider.System, _ => { });

    /// <summary>Null where the processor does it all.</summary>
    public DeviceContext? Context => isLost ? null : context;

    /// <param name="context">Of the device; this ends it.</param>
    /// <param name="clock">To measure by.</param>
    /// <param name="tell">Told in a line what fails.</param>
    public static PictureDevice On(DeviceContext context, TimeProvider clock, Action<string> tell) => new(context, clock, tell);

    /// <summary>For a kind of work; null where too many kinds are known.</summary>
    /// <param name="kind">What its time depends on.</param>
    public StageTimes? TimesOf(string kind) =>
        times.TryGetValue(kind, out StageTimes? known) ? known
        : times.Count >= MostKinds ? null
        : times.GetOrAdd(kind, _ => new(clock));

    /// <summary>What has failed was the device's; a device that is lost is not asked again.</summary>
    public void Failed(Exception exception)
    {
        isLost |= exception is OpenClException { IsDeviceLost: true };
        tell($"{context?.Description.Name}: {exception.Message}; the processor goes on");
    }

    public void Dispose() => context?.Dispose();
}
