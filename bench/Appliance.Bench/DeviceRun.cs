using System.Diagnostics;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Stages;

namespace Appliance.Bench;

/// <summary>A trial on a device: the kernel alone by the device's own clock, and with the way there and back by ours.</summary>
internal sealed class DeviceRun : IDisposable
{
    /// <summary>Pictures of a batch, each in memory of its own, so that no cache has the next: 200 MB or more go through the device.</summary>
    public const int Pictures = 8;

    private readonly DeviceQueue queue;
    private readonly IDeviceWork work;
    private readonly List<DeviceBuffer> buffers = [];
    private readonly List<(PicturePlanes Source, PicturePlanes[] Targets)> batch = [];

    public DeviceRun(DeviceContext context, DeviceTrial trial)
    {
        queue = context.NewQueue(measures: true);
        work = trial.Work(context, queue);
        for (int i = 0; i < Pictures; i++)
        {
            batch.Add((Planes(context, trial.Source), [.. trial.Targets.Select(target => Planes(context, target))]));
        }
    }

    /// <summary>Makes a batch; the seconds that it took by the device's clock.</summary>
    public double Run()
    {
        DeviceEvent? first = null, last = null;
        foreach ((PicturePlanes source, PicturePlanes[] targets) in batch)
        {
            // Only the end of a picture's last command is known: so the first picture tells when the second began.
            DeviceEvent done = work.Run(queue, source, targets);
            if (first is null)
            {
                first = done;
            }
            else
            {
                last?.Dispose();
                last = done;
            }
        }

        last!.Wait();
        double seconds = DeviceEvent.Between(first!, last).TotalSeconds * Pictures / (Pictures - 1);
        first!.Dispose();
        last.Dispose();
        return seconds;
    }

    /// <summary>Seconds a batch from decoded pictures to pictures an encoder could take, in memory of the processor's, several under way.</summary>
    public static double EndToEnd(DeviceContext context, DeviceTrial trial, int rounds)
    {
        using var stage = new DeviceStage(context, trial.Source, trial.Targets, trial.Work);
        using PicturePool pool = trial.Source.Layout.NewPool(trial.Source.Width, trial.Source.Height);
        using var like = new AvFrame();
        AvFrame[] pictures = [.. Enumerable.Range(0, Pictures).Select(_ => new AvFrame())];
        AvFrame[] outputs = [.. trial.Targets.Select(_ => new AvFrame())];
        foreach (AvFrame picture in pictures)
        {
            pool.Take(picture, like);
            for (int plane = 0; plane < trial.Source.Layout.Planes; plane++)
            {
                picture.Plane(plane, trial.Source.Plane(plane).Rows).Fill((byte)plane);
            }
        }

        using var batches = new KernelTrial(trial.Name, () =>
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Pictures + stage.Depth; i++)
            {
                if (i >= stage.Depth)
                {
                    stage.Finish(outputs);
                }

                if (i < Pictures)
                {
                    stage.Begin(pictures[i]);
                }
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        KernelTrial.Alternate([batches], rounds);

        foreach (AvFrame picture in pictures.Concat(outputs))
        {
            picture.Dispose();
        }

        return batches.Median;
    }

    public void Dispose()
    {
        work.Dispose();
        buffers.ForEach(buffer => buffer.Dispose());
        queue.Dispose();
    }

    private PicturePlanes Planes(DeviceContext context, PictureShape shape)
    {
        DeviceBuffer buffer = DeviceBuffer.OfDevice(context, shape.Bytes);
        buffers.Add(buffer);
        queue.WriteNow<byte>(buffer, new byte[shape.Bytes]);
        return new(buffer, shape);
    }
}
