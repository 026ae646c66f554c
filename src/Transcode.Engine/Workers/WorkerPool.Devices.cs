using System.Globalization;
using Transcode.Engine.Hardware;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>What workers open of devices before their lock closes.</summary>
public sealed partial class WorkerPool
{
    /// <summary>From now on, workers open this device's encoder before their lock closes; those that did not are replaced, when they are idle.</summary>
    /// <param name="encoder">Null for none.</param>
    public void UseEncoder(DeviceEncoder? encoder)
    {
        lock (gate)
        {
            Encoder.Use(encoder);
            foreach (PooledWorker worker in workers.Where(worker => worker.IsIdle).ToArray())
            {
                RecycleIfDue(worker);
            }

            Pump();
        }
    }

    /// <summary>From now on, workers open these devices' decoders before their lock closes, and use them where pictures are the same; others are replaced, when they are idle.</summary>
    /// <param name="decoders">Empty for none.</param>
    public void UseDecoders(IReadOnlyList<CodingPath> decoders)
    {
        ArgumentNullException.ThrowIfNull(decoders);
        lock (gate)
        {
            Decoders.Use(decoders);
            foreach (PooledWorker worker in workers.Where(worker => worker.IsIdle).ToArray())
            {
                RecycleIfDue(worker);
            }

            Pump();
        }
    }

    /// <summary>Which device's decoder of a worker may decode for an order; null where it is software's. Nothing is refused for want of memory that software could make.</summary>
    private CodingPath? DecoderFor(PooledWorker worker, WorkItem item)
    {
        if (item.IsSoftwares || DecoderCare.At(worker.OpenedDecoders ?? [], item.Order) is not { } path)
        {
            return null;
        }

        long need = MemoryNeed.Of(item.Order) + MemoryNeed.Device(item.Order);
        if (options.RunMemoryBytes is not { } limit || need <= limit)
        {
            return path;
        }

        Decoders.LeaveToSoftware(path, string.Create(CultureInfo.InvariantCulture, $"with it a run may take {need >> 20} MiB of memory, and this box has {limit >> 20} MiB for it"));
        return null;
    }
}
