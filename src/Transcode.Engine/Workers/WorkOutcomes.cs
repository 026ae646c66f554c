using Microsoft.Extensions.Logging;
using Transcode.Engine.Hardware;

namespace Transcode.Engine.Workers;

/// <summary>How the pool's work ends: what is counted, what is tried again, and what is not. The pool's lock guards it.</summary>
internal sealed class WorkOutcomes(ILogger logger, TimeProvider time, EncoderCare encoder, DecoderCare decoders)
{
    private const int QuarantineCapacity = 4096;

    public Quarantine Quarantine { get; } = new(QuarantineCapacity, time);

    /// <summary>Orders answered with a report.</summary>
    public long Completed { get; private set; }

    /// <summary>Workers that made no progress.</summary>
    public long Hung { get; private set; }

    /// <summary>Counts an end.</summary>
    public void Record(in OrderEnd end)
    {
        if (end.Failure is null or TranscodeException { Failure.Cause: not (FailureCause.WorkerDied or FailureCause.WorkerHung) })
        {
            Quarantine.RecordAnswer(end.Item.Place);
        }

        if (end.Report?.Decoder is { } note && decoders.Hear(note))
        {
            logger.DecoderLeft(WorkerText.Clean(note.Name), end.Item.Place.Place, WorkerText.Clean(note.Why ?? ""));
        }

        if (end is { Report: not null, Item.Suspected: var (suspect, death) })
        {
            decoders.Convict(suspect, death);
        }

        Completed += end.Report is null ? 0 : 1;
    }

    /// <summary>Counts what ended with a run, and puts back what a lost worker did not end. One worker counts once against a
    /// place, however many orders it had there.</summary>
    /// <param name="lane">Of the orders.</param>
    /// <param name="run">What it was.</param>
    /// <param name="ends">All of one place.</param>
    /// <param name="isStopping">Whether nothing is tried again.</param>
    /// <returns>What has ended for good.</returns>
    public List<OrderEnd> Settle(WorkLane lane, WorkRun run, IReadOnlyList<OrderEnd> ends, bool isStopping)
    {
        WorkerProcess worker = run.Worker.Process!;
        var lost = ends.Select(end => end.Failure).OfType<WorkerLostException>().FirstOrDefault();
        // Where a device's encoder, or another with a spare, was at work, that one may have been the cause, and it is not tried again: what is left is the spare's.
        bool isBlamed = ends.Any(end => SpareWork.IsOfDevice(end.Item.Order));
        bool isSuspected = !isStopping && lost is { End: not WorkerEnd.Outside } && Suspect(run, ends, lost, isBlamed);
        Exception? fatality = lost is null ? null : isBlamed && !isStopping ? Blame(worker, lost) : isSuspected ? null : Fatality(worker, ends[0].Item, lost, isStopping);
        var settled = new List<OrderEnd>();
        foreach (OrderEnd end in ends.Reverse())
        {
            if (end.Failure is WorkerLostException && isBlamed && !isStopping && !SpareWork.IsOfDevice(end.Item.Order))
            {
                lane.EnqueueFirst(end.Item);
                continue;
            }

            if (end.Failure is WorkerLostException && fatality is null)
            {
                lane.EnqueueFirst(end.Item);
                continue;
            }

            OrderEnd final = end.Failure is WorkerLostException ? end with { Failure = fatality } : end;
            Record(final);
            settled.Add(final);
        }

        return settled;
    }

    /// <summary>Where a device's decoder was at work, that one may have been the cause: what was lost is software's, and says nothing against the place yet.</summary>
    private bool Suspect(WorkRun run, IReadOnlyList<OrderEnd> ends, WorkerLostException lost, bool isBlamed)
    {
        foreach (WorkItem item in ends.Where(end => end.Failure is WorkerLostException).Select(end => end.Item))
        {
            if (item.Suspected is var (before, death))
            {
                // It was not that one: software was at work.
                decoders.Acquit(before, death);
                item.Suspected = null;
            }
            else if (run.Decoder is { } path)
            {
                item.IsSoftwares = true;
                // Where an encoder may have been it too, nobody is convicted.
                item.Suspected = isBlamed ? null : (path, lost);
            }
        }

        if (run.Decoder is { } decoder)
        {
            lost.HadDecoder = true;
            decoders.Suspect(decoder, lost);
            logger.WorkerLost(run.Worker.Process!.Id, decoder.DecoderName, lost.Message);
            Hung += !isBlamed && lost.Cause == FailureCause.WorkerHung ? 1 : 0;
        }

        return run.Decoder is not null;
    }

    private TranscodeException Blame(WorkerProcess worker, WorkerLostException lost)
    {
        logger.WorkerLost(worker.Id, "an encoder that has a spare", lost.Message);
        encoder.Suspect(lost);
        Hung += lost.Cause == FailureCause.WorkerHung ? 1 : 0;
        return new(FailureStage.Worker, lost.Cause, lost.Message, lost);
    }

    /// <summary>Why a lost worker is the end of its orders too, or null where they are tried again.</summary>
    private Exception? Fatality(WorkerProcess worker, WorkItem item, WorkerLostException lost, bool isStopping)
    {
        logger.WorkerLost(worker.Id, item.Place.Place, lost.Message);
        Hung += lost.Cause == FailureCause.WorkerHung ? 1 : 0;
        if (isStopping)
        {
            return new OperationCanceledException();
        }

        if (Quarantine.RecordDeath(item.Place, lost) is not { } reason)
        {
            return null;
        }

        logger.Quarantined(item.Fingerprint, item.Place.Place, lost.Message);
        return new TranscodeException(FailureStage.Worker, lost.Cause, reason, lost);
    }
}
