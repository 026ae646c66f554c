using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>A stage on a device, and one on the processor that makes the same pictures, to the byte, where the device fails: no picture is
/// left out, and none comes twice.</summary>
/// <remarks>Pictures that are under way are held, because what a device was working on when it failed has to be made again, from the
/// first that was not finished. A device that is lost, or that what is wanted
/// is not for, is not tried again; one that failed otherwise (no memory, say) is set up anew for the
/// next picture, until it has failed <see cref="Trials"/> times without having finished one between.</remarks>
internal sealed class SteadyStage : IPictureStage
{
    /// <summary>Failures in a row after which the device is left alone.</summary>
    public const int Trials = 3;

    private readonly Func<IPictureStage> onDevice;
    private readonly Func<IPictureStage> onProcessor;
    private readonly Action<Exception> failed;
    private readonly StageTimes? times;
    private readonly Queue<UnderWay> pictures = new();
    private IPictureStage? device;
    private IPictureStage? processor;
    private int failures;
    private bool isLost;

    /// <param name="depth">Of both together: as many as the device's stage has.</param>
    /// <param name="onDevice">Sets the device's stage up.</param>
    /// <param name="onProcessor">Sets the processor's up; asked when it is first needed.</param>
    /// <param name="failed">Told of each failure of the device.</param>
    /// <param name="times">Which of the two is quicker, and so who makes the next picture; null for the device.</param>
    public SteadyStage(int depth, Func<IPictureStage> onDevice, Func<IPictureStage> onProcessor, Action<Exception> failed, StageTimes? times = null) =>
        (Depth, this.onDevice, this.onProcessor, this.failed, this.times) = (depth, onDevice, onProcessor, failed, times);

    public int Depth { get; }

    /// <summary>Whether the device is left alone from now on.</summary>
    public bool IsOnProcessor => isLost || failures >= Trials;

    public void Begin(AvFrame picture, int? peakNits = null)
    {
        if (pictures.Count == Depth)
        {
            throw new InvalidOperationException($"{Depth} pictures are under way.");
        }

        var next = new UnderWay(new AvFrame(), peakNits);
        next.Picture.Reference(picture);
        pictures.Enqueue(next);

        // In order: while pictures that the processor has to make anew are under way, those after them are its own too.
        if (!IsOnProcessor && pictures.SkipLast(1).All(one => one.IsOnDevice) && (times?.TakesDevice() ?? true))
        {
            next.IsOnDevice = true;
            long start = times?.Now() ?? 0;
            Try(() => (device ??= onDevice()).Begin(picture, peakNits));
            next.Took = times?.Since(start) ?? 0;
        }
    }

    public void Finish(IReadOnlyList<AvFrame> outputs)
    {
        if (!pictures.TryPeek(out UnderWay? first))
        {
            throw new InvalidOperationException("No picture is under way.");
        }

        long start = times?.Now() ?? 0;
        if (first.IsOnDevice && Try(() => device!.Finish(outputs)))
        {
            failures = 0;
            times?.Add(byDevice: true, first.Took + times.Since(start));
        }

        if (!first.IsOnDevice)
        {
            start = times?.Now() ?? 0;
            processor ??= onProcessor();
            processor.Begin(first.Picture, first.PeakNits);
            processor.Finish(outputs);
            times?.Add(byDevice: false, times.Since(start));
        }

        pictures.Dequeue().Picture.Dispose();
    }

    public void Dispose()
    {
        foreach (UnderWay picture in pictures)
        {
            picture.Picture.Dispose();
        }

        pictures.Clear();
        device?.Dispose();
        processor?.Dispose();
    }

    /// <summary>Where it fails, all that the device has under way becomes the processor's.</summary>
    private bool Try(Action command)
    {
        try
        {
            command();
            return true;
        }
        catch (Exception exception) when (exception is OpenClException or NotSupportedException)
        {
            failures++;
            isLost |= exception is not OpenClException { IsDeviceLost: false };
            if (IsOnProcessor)
            {
                times?.LeaveToProcessor();
            }

            foreach (UnderWay picture in pictures)
            {
                picture.IsOnDevice = false;
            }

            device?.Dispose();
            device = null;
            failed(exception);
            return false;
        }
    }

    private sealed class UnderWay(AvFrame picture, int? peakNits)
    {
        public AvFrame Picture => picture;

        public int? PeakNits => peakNits;

        public bool IsOnDevice { get; set; }

        /// <summary>To begin it, where that is measured.</summary>
        public long Took { get; set; }
    }
}
