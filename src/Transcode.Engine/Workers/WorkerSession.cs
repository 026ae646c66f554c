using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Verification;

namespace Transcode.Engine.Workers;

/// <summary>A locked-in worker at work: the main thread executes orders, one at a time or those that share a decode; another
/// reads the pipe.</summary>
internal sealed class WorkerSession(WorkerPipe pipe, Workbench workbench) : IDisposable
{
    private readonly PipeByteReader bytes = new(pipe);
    // The parent sends other work only when this is answered; one place bridges the moment in between.
    private readonly BlockingCollection<(WorkInHand Work, CancellationToken Cancellation)> works = new(boundedCapacity: 1);
    private readonly Lock gate = new();
    private WorkInHand? current;

    /// <summary>Serves until told to stop. An end of the pipe ends the process at once.</summary>
    public void Run()
    {
        new Thread(Listen) { Name = "pipe", IsBackground = true }.Start();
        foreach ((WorkInHand work, CancellationToken cancellation) in works.GetConsumingEnumerable())
        {
            using (work)
            {
                Execute(work, cancellation);
            }
        }
    }

    public void Dispose()
    {
        works.Dispose();
        bytes.Dispose();
    }

    private void Execute(WorkInHand work, CancellationToken cancellationToken)
    {
        CancellationToken unwanted = work.Segment?.Unwanted ?? cancellationToken;
        bytes.Begin(work.First, unwanted);
        using CancellationTokenRegistration waking = unwanted.UnsafeRegister(static reader => ((PipeByteReader)reader!).Wake(), bytes);
        if (work.Segment is { } segment)
        {
            workbench.Execute(segment, bytes);
            return;
        }

        int id = work.First.Id;
        try
        {
            Action<ReadOnlyMemory<byte>> send = chunk => SendChunk(id, chunk.Span);
            WorkReport report = work.First.Order is VerificationOrder verification
                ? VerificationWork.Execute(verification, bytes, workbench.Identity, workbench.Device, send, cancellationToken)
                : workbench.Execute(work.First.Order, bytes, send, cancellationToken);
            Answer(work, id, report, null, cancellationToken);
        }
        catch (Exception exception) when (exception is TranscodeException or OperationCanceledException)
        {
            Answer(work, id, null, exception, cancellationToken);
        }
    }

    /// <summary>Answers one order. When it was the last in hand, the parent may send other work from here on: nothing may be
    /// read or sent for this one any more.</summary>
    private void Answer(WorkInHand work, int order, WorkReport? report, Exception? failure, CancellationToken cancellationToken)
    {
        Frame answer = report is not null ? Frames.Done(order, report)
            : cancellationToken.IsCancellationRequested ? Frames.Cancelled(order)
            : Frames.Failed(order, FailureOf(failure!));
        lock (gate)
        {
            work.Remove(order);
            current = work.IsAnswered ? null : current;
        }

        pipe.Send(answer);
    }

    private static WorkFailure FailureOf(Exception exception)
    {
        WorkFailure failure = (exception as TranscodeException)?.Failure
            ?? new(FailureStage.Worker, FailureCause.Internal, $"{exception.GetType().Name}: {exception.Message}");
        if (failure.Cause == FailureCause.Internal)
        {
            // The answer holds one line; where it came from is for the log.
            WorkerLog.Line(exception.ToString());
        }

        return failure;
    }

    private void SendChunk(int order, ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            int piece = Math.Min(chunk.Length, MessageLimits.PieceBytes);
            pipe.Send(Frames.Chunk(order, chunk[..piece]));
            chunk = chunk[piece..];
        }
    }

    private void Listen()
    {
        try
        {
            while (pipe.Read() is { } frame)
            {
                Take(frame);
                frame.Release();
            }
        }
        catch (IOException exception)
        {
            WorkerLog.Line(exception.Message);
            LibC.ExitNow(WorkerProgram.ExitProtocol);
        }

        LibC.ExitNow(WorkerProgram.ExitOrphaned);
    }

    private void Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case MessageKind.Order:
                Enqueue(OrderMessage.Parse(frame.Payload.Span));
                break;
            case MessageKind.Bytes:
                bytes.Deliver(frame.Payload.Span);
                break;
            case MessageKind.Cancel:
                var reader = new PayloadReader(frame.Payload.Span);
                int order = reader.Int32();
                lock (gate)
                {
                    current?.Cancel(order);
                }

                break;
            case MessageKind.Stop:
                works.CompleteAdding();
                break;
            default:
                throw new ProtocolException($"A worker takes no message {frame.Kind}.");
        }
    }

    private void Enqueue(OrderMessage order)
    {
        bool isLate = false;
        lock (gate)
        {
            if (current is { } work)
            {
                isLate = work.Shares(order) ? !TryJoin(work, order) : throw new ProtocolException("An order came while another was in hand.");
            }
            else
            {
                Begin(order);
            }
        }

        if (isLate)
        {
            pipe.Send(Frames.Late(order.Id));
        }
    }

    private void Begin(OrderMessage order)
    {
        var work = new WorkInHand(order, VideoSegment.For(order.Order, workbench.Identity, workbench.Device, order.IsSoftwares ? null : workbench.Decoders));
        CancellationToken cancellation = default;
        if (work.Segment is null)
        {
            cancellation = work.Add(order.Id);
        }
        else
        {
            TryJoin(work, order);
        }

        if (works.IsAddingCompleted || !works.TryAdd((work, cancellation)))
        {
            throw new ProtocolException("An order came while another was in hand.");
        }

        current = work;
    }

    private bool TryJoin(WorkInHand work, OrderMessage order)
    {
        CancellationToken cancellation = work.Add(order.Id);
        bool joined = work.Segment!.TryJoin(new(
            (VideoRecipe)((SegmentOrder)order.Order).Recipe,
            chunk => SendChunk(order.Id, chunk.Span),
            (report, failure) => Answer(work, order.Id, report, failure, cancellation),
            order.GivesWay,
            cancellation)
        { Resume = ((SegmentOrder)order.Order).Resume });
        if (!joined)
        {
            work.Remove(order.Id);
        }

        return joined;
    }
}
