using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>A locked-in worker at work: the main thread executes orders, one at a time; another reads the pipe.</summary>
internal sealed class WorkerSession(WorkerPipe pipe, Workbench workbench) : IDisposable
{
    private readonly PipeByteReader bytes = new(pipe);
    // The parent sends the next order only when this one is answered; one place bridges the moment in between.
    private readonly BlockingCollection<(OrderMessage Order, CancellationTokenSource Cancellation)> orders = new(boundedCapacity: 1);
    private readonly Lock gate = new();
    private (int Id, CancellationTokenSource Cancellation)? current;

    /// <summary>Serves until told to stop. An end of the pipe ends the process at once.</summary>
    public void Run()
    {
        new Thread(Listen) { Name = "pipe", IsBackground = true }.Start();
        foreach ((OrderMessage order, CancellationTokenSource cancellation) in orders.GetConsumingEnumerable())
        {
            Frame answer = Execute(order, cancellation.Token);
            lock (gate)
            {
                current = null;
            }

            cancellation.Dispose();
            pipe.Send(answer);
        }
    }

    public void Dispose()
    {
        orders.Dispose();
        bytes.Dispose();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever went wrong with one order is that order's answer.")]
    private Frame Execute(OrderMessage order, CancellationToken cancellationToken)
    {
        bytes.Begin(order, cancellationToken);
        try
        {
            WorkReport report = workbench.Execute(order.Order, bytes, chunk => SendChunk(order.Id, chunk.Span), cancellationToken);
            return Frames.Done(order.Id, report);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return Frames.Cancelled(order.Id);
        }
        catch (TranscodeException exception)
        {
            if (exception.Failure.Cause == FailureCause.Internal)
            {
                // The answer holds one line; where it came from is for the log.
                WorkerLog.Line(exception.ToString());
            }

            return Frames.Failed(order.Id, exception.Failure);
        }
        catch (IOException exception)
        {
            return Frames.Failed(order.Id, new(FailureStage.Source, FailureCause.SourceUnreadable, exception.Message));
        }
        catch (Exception exception)
        {
            WorkerLog.Line(exception.ToString());
            return Frames.Failed(order.Id, new(FailureStage.Worker, FailureCause.Internal, $"{exception.GetType().Name}: {exception.Message}"));
        }
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
                Cancel(reader.Int32());
                break;
            case MessageKind.Stop:
                orders.CompleteAdding();
                break;
            default:
                throw new ProtocolException($"A worker takes no message {frame.Kind}.");
        }
    }

    private void Enqueue(OrderMessage order)
    {
        var cancellation = new CancellationTokenSource();
        lock (gate)
        {
            if (current is not null || orders.IsAddingCompleted || !orders.TryAdd((order, cancellation)))
            {
                throw new ProtocolException("An order came while another was in hand.");
            }

            current = (order.Id, cancellation);
        }
    }

    private void Cancel(int order)
    {
        lock (gate)
        {
            // An order that was answered meanwhile has nothing to cancel.
            if (current is { } running && running.Id == order)
            {
                running.Cancellation.Cancel();
                bytes.Wake();
            }
        }
    }
}
