using System.Runtime.CompilerServices;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Reads along while the artifact is made. What it waits with grows more urgent as its player's buffer runs out.</summary>
internal sealed class FlightReader : ArtifactReader
{
    private readonly Flight _flight;
    private readonly bool _first;
    private readonly Action<Flight> _leave;
    private readonly Lock _gate = new();
    private readonly ITimer? _stalling;
    private WorkPriority? _waits;

    /// <param name="flight">What is read. It counts this reader already.</param>
    /// <param name="first">Whether it was started for this reader.</param>
    /// <param name="urgency">How this reader waits.</param>
    /// <param name="leave">Called once, at the end.</param>
    /// <param name="time">What its patience is measured by.</param>
    public FlightReader(Flight flight, bool first, Urgency urgency, Action<Flight> leave, TimeProvider time)
    {
        _flight = flight;
        _first = first;
        _leave = leave;
        _waits = urgency.Now;
        _flight.Wait(null, urgency.Now);
        if (urgency.StallsAfter is { } patience && _flight.Length is null)
        {
            _stalling = time.CreateTimer(
                static reader => ((FlightReader)reader!).Become(WorkPriority.Stalling), this, patience, Timeout.InfiniteTimeSpan);
        }
    }

    public override string Origin => _first ? "made" : "joined";

    public override long? KnownLength => _flight.Length;

    public override async Task BeginAsync(CancellationToken cancellationToken) =>
        await _flight.ChunkAsync(0, cancellationToken);

    public override async Task<long> CompleteAsync(CancellationToken cancellationToken)
    {
        int number = 0;
        while (await _flight.ChunkAsync(number, cancellationToken) is not null)
        {
            number++;
        }

        return _flight.Length!.Value;
    }

    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        long offset, long count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long skip = offset;
        long left = count;
        for (int number = 0; left > 0 && await _flight.ChunkAsync(number, cancellationToken) is { } chunk; number++)
        {
            if (chunk.Length <= skip)
            {
                skip -= chunk.Length;
                continue;
            }

            ReadOnlyMemory<byte> piece = chunk[(int)skip..];
            piece = piece[..(int)Math.Min(piece.Length, left)];
            skip = 0;
            left -= piece.Length;
            yield return piece;
        }
    }

    public override Task SettledAsync(CancellationToken cancellationToken) => _flight.Landed.WaitAsync(cancellationToken);

    public override void Dispose()
    {
        _stalling?.Dispose();
        if (Become(null))
        {
            _leave(_flight);
        }
    }

    /// <returns>False where it has left already.</returns>
    private bool Become(WorkPriority? priority)
    {
        lock (_gate)
        {
            if (_waits is null)
            {
                return false;
            }

            _flight.Wait(_waits, priority);
            _waits = priority;
            return true;
        }
    }
}
