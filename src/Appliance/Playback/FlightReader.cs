using System.Runtime.CompilerServices;

namespace Appliance.Playback;

/// <summary>Reads along while the artifact is made.</summary>
internal sealed class FlightReader(Flight flight, bool first, Action<Flight> leave) : ArtifactReader
{
    private int _left;

    public override string Origin => first ? "made" : "joined";

    public override long? KnownLength => flight.Length;

    public override async Task BeginAsync(CancellationToken cancellationToken) =>
        await flight.ChunkAsync(0, cancellationToken);

    public override async Task<long> CompleteAsync(CancellationToken cancellationToken)
    {
        int number = 0;
        while (await flight.ChunkAsync(number, cancellationToken) is not null)
        {
            number++;
        }

        return flight.Length!.Value;
    }

    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        long offset, long count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long skip = offset;
        long left = count;
        for (int number = 0; left > 0 && await flight.ChunkAsync(number, cancellationToken) is { } chunk; number++)
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

    public override Task SettledAsync(CancellationToken cancellationToken) => flight.Landed.WaitAsync(cancellationToken);

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            leave(flight);
        }
    }
}
