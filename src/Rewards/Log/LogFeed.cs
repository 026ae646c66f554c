using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Brings entries of one kind into a log, in their order, and notes where each stands first. One writer at a time, who may bring other
/// kinds before and after.</summary>
/// <remarks>
/// The order, and what a crash at each step leaves:
/// 1. what the log has behind the last place that was noted is read: that is what was appended and not noted;
/// 2. what is missing is appended, many entries together: the first of them may be there, and their places not noted;
/// 3. the places are noted, in order.
/// Before anything is appended, all that the log has of this kind is compared with what should be there.
/// </remarks>
internal sealed class LogFeed
{
    /// <summary>Entries that are read, and made durable under one checkpoint, at a time.</summary>
    private const int Batch = 256;

    private readonly ILogSource _source;
    private readonly TransparencyLog _log;
    private readonly Dictionary<long, Place> _places = [];
    private long _noted;
    private long _largest;
    private long _scanned;

    private LogFeed(ILogSource source, TransparencyLog log) => (_source, _log) = (source, log);

    /// <returns>How many entries were noted.</returns>
    /// <exception cref="ContradictedLogException">The log has another entry in a place, or more than there should be.</exception>
    /// <exception cref="LogException">The log could not be written.</exception>
    public static Task<int> CatchUpAsync(ILogSource source, TransparencyLog log, CancellationToken cancellationToken) =>
        new LogFeed(source, log).CatchUpAsync(cancellationToken);

    private async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        // An entry that was appended and said to have failed would else not be seen, and be brought once more.
        await _log.SettleAsync(cancellationToken).ConfigureAwait(false);
        (_noted, long index) = await _source.LastLoggedAsync(cancellationToken).ConfigureAwait(false);
        if (_noted > 0)
        {
            await RequireOursAsync(_noted, index, cancellationToken).ConfigureAwait(false);
        }

        _scanned = index + 1;
        await ScanAsync(cancellationToken).ConfigureAwait(false);
        int count = 0;
        IReadOnlyList<ReadOnlyMemory<byte>> texts;
        do
        {
            // Until it gives no full batch, and not until it gives none: other kinds would never have their turn while there is always a next.
            texts = await _source.ReadAsync(_noted, Batch, cancellationToken).ConfigureAwait(false);
            await BringAsync(texts, cancellationToken).ConfigureAwait(false);
            await NoteAsync(texts.Count).ConfigureAwait(false);
            count += texts.Count;
        }
        while (texts.Count == Batch);

        return _largest <= _noted
            ? count
            : throw new ContradictedLogException($"The log has entry {_largest} {_source.Of}, of which there are {_noted}.");
    }

    /// <summary>Appends those that are not there: they are the last, as each is brought with or after the one before it.</summary>
    private async Task BringAsync(IReadOnlyList<ReadOnlyMemory<byte>> texts, CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> missing = [];
        for (int i = 0; i < texts.Count; i++)
        {
            long number = _noted + 1 + i;
            if (!_places.TryGetValue(number, out Place? place))
            {
                missing.Add(_largest < number ? texts[i] : throw new ContradictedLogException($"The log has entry {_largest} {_source.Of}, and not entry {number}."));
            }
            else if (place.Leaf != MerkleHash.Leaf(texts[i].Span))
            {
                throw NotOurs(place.Index, number);
            }
        }

        if (missing.Count > 0)
        {
            await _log.AppendAllAsync(missing, cancellationToken).ConfigureAwait(false);
            await ScanAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All at once, so that one flush serves many. Where one fails, those after it are not next and are refused; that is also why none of
    /// them is cancelled alone.</summary>
    private async Task NoteAsync(int count)
    {
        List<Task> notes = [];
        for (long number = _noted + 1; number <= _noted + count; number++)
        {
            _places.Remove(number, out Place? place);
            notes.Add(_source.MarkLoggedAsync(number, place!.Index));
        }

        await Task.WhenAll(notes).ConfigureAwait(false);
        _noted += count;
    }

    /// <summary>Takes up what the log has of this kind, from where it was read last. An entry that stands there twice counts where it stands first.</summary>
    private async Task ScanAsync(CancellationToken cancellationToken)
    {
        for (long size = _log.Size; _scanned < size; _scanned++)
        {
            ReadOnlyMemory<byte> text = _log.ReadEntry(_scanned);
            if (NumberOf(text) is not { } number)
            {
                continue;
            }

            if (number <= _noted)
            {
                await RequireOursAsync(number, _scanned, cancellationToken).ConfigureAwait(false);
            }
            else if (!_places.TryAdd(number, new(_scanned, MerkleHash.Leaf(text.Span))) && _places[number].Leaf != MerkleHash.Leaf(text.Span))
            {
                throw new ContradictedLogException($"The log has two different entries {number} {_source.Of}.");
            }

            _largest = Math.Max(_largest, number);
        }
    }

    private long? NumberOf(ReadOnlyMemory<byte> text)
    {
        try
        {
            long? number = _source.NumberOf(text);
            return number is null or >= 1 ? number : throw new FormatException($"There is no entry {number} {_source.Of}.");
        }
        catch (FormatException exception)
        {
            throw new ContradictedLogException($"Entry {_scanned} of the log cannot be read: {exception.Message}", exception);
        }
    }

    /// <exception cref="ContradictedLogException">The log has something else there, or nothing.</exception>
    private async Task RequireOursAsync(long number, long index, CancellationToken cancellationToken)
    {
        if (index >= _log.Size)
        {
            throw new ContradictedLogException($"Entry {number} {_source.Of} was at {index} in the log, which has {_log.Size} entries.");
        }

        IReadOnlyList<ReadOnlyMemory<byte>> ours = await _source.ReadAsync(number - 1, 1, cancellationToken).ConfigureAwait(false);
        if (ours.Count == 0 || !_log.ReadEntry(index).Span.SequenceEqual(ours[0].Span))
        {
            throw NotOurs(index, number);
        }
    }

    private ContradictedLogException NotOurs(long index, long number) => new($"Entry {index} of the log is not entry {number} {_source.Of}.");

    private sealed record Place(long Index, Hash256 Leaf);
}
