using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tuning.Stages;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>Tuning on a device where that is quicker, and on the processor where it is not, or where the device fails: the same pictures, to the
/// byte. A device that has failed at it is not asked again. Not for two threads at once.</summary>
/// <param name="device">That it may be done on.</param>
/// <param name="onDevice">Sets the device's up.</param>
/// <param name="onProcessor">Sets the processor's up; asked when it is first needed.</param>
/// <param name="times">Which of the two is quicker.</param>
internal sealed class SteadyTuning(PictureDevice device, Func<ITuning> onDevice, Func<ITuning> onProcessor, StageTimes times) : ITuning
{
    private ITuning? byDevice;
    private ITuning? byProcessor;
    private bool hasFailed;

    public void Run(AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame output)
    {
        long start = times.Now();
        if (!hasFailed && device.Context is not null && times.TakesDevice() && IsMade(picture, before, after, output))
        {
            times.Add(byDevice: true, times.Since(start));
            return;
        }

        start = times.Now();
        (byProcessor ??= onProcessor()).Run(picture, before, after, output);
        times.Add(byDevice: false, times.Since(start));
    }

    public void Dispose()
    {
        byDevice?.Dispose();
        byProcessor?.Dispose();
    }

    private bool IsMade(AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame output)
    {
        try
        {
            (byDevice ??= onDevice()).Run(picture, before, after, output);
            return true;
        }
        catch (Exception exception) when (exception is OpenClException or NotSupportedException)
        {
            hasFailed = true;
            times.LeaveToProcessor();
            device.Failed(exception);
            return false;
        }
    }
}
