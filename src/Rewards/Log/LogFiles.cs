using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>The log's files. Each only grows, so that a tile, whole or partial, is a stretch of one of them, and whoever reads below
/// the size of a signed checkpoint reads what never changes.</summary>
/// <remarks>
/// <c>entries</c>: all entries, each after its length (u16, big-endian): the entries tiles one after another.
/// <c>starts</c>: where each entries tile begins in there (u64, big-endian).
/// <c>tiles.L</c>: the hashes of level L, 32 bytes each: the tiles of that level one after another.
/// </remarks>
internal sealed class LogFiles : IDisposable
{
    public const string EntriesName = "entries";

    /// <summary>Bytes that an entry may have: its length is written in 16 bits.</summary>
    public const int EntryLimit = ushort.MaxValue;

    /// <summary>Levels of tiles: enough for 2^40 entries.</summary>
    public const int Levels = 5;

    private readonly IDurableFile _entries;
    private readonly IDurableFile _starts;
    private readonly IDurableFile[] _tiles;

    /// <exception cref="IOException">They cannot be opened.</exception>
    public LogFiles(IDurableFolder folder)
    {
        _entries = folder.Open(EntriesName);
        _starts = folder.Open("starts");
        _tiles = [.. Enumerable.Range(0, Levels).Select(level => folder.Open($"tiles.{level}"))];
        Tiles = new(ReadHashes);
    }

    /// <summary>Proofs out of the hashes.</summary>
    public MerkleTiles Tiles { get; }

    /// <summary>Is there anything at all?</summary>
    public bool IsEmpty => _entries.Length == 0 && _tiles[0].Length == 0;

    /// <summary>Hashes of a level that a tree of a size has.</summary>
    public static long HashCount(int level, long size) => size >> (level * MerkleTiles.Height);

    /// <summary>Writes entries at the end of the first <paramref name="size"/>, and makes them durable: first the entries, then the
    /// hashes over them. What lay behind that end is gone then; where it was the same, it never was not there.</summary>
    /// <param name="size">Entries that stay.</param>
    /// <param name="end">Where they end in <c>entries</c>.</param>
    /// <param name="added">Those that follow, each with <see cref="MerkleHash.Leaf"/> of it.</param>
    /// <param name="all">Flush every file: at a start, when nobody knows what was flushed. Else those that are written to.</param>
    /// <returns>Where they now end.</returns>
    /// <exception cref="IOException">Something failed: what is written is not known, and no checkpoint over it may be signed.</exception>
    public long Write(long size, long end, IReadOnlyList<(ReadOnlyMemory<byte> Entry, Hash256 Leaf)> added, bool all)
    {
        long newSize = size + added.Count;
        long newEnd = end;
        using var bytes = new MemoryStream();
        using var starts = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < added.Count; i++)
        {
            if ((size + i) % MerkleTiles.Width == 0)
            {
                BinaryPrimitives.WriteInt64BigEndian(number, newEnd);
                starts.Write(number);
            }

            BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)added[i].Entry.Length);
            bytes.Write(number[..sizeof(ushort)]);
            bytes.Write(added[i].Entry.Span);
            newEnd += sizeof(ushort) + added[i].Entry.Length;
        }

        List<IDurableFile> changed = all ? [_entries, _starts] : [];
        Put(_entries, end, bytes, newEnd, changed);
        Put(_starts, TileCount(size) * sizeof(ulong), starts, TileCount(newSize) * sizeof(ulong), changed);
        Flush(changed);

        changed = [.. all ? _tiles : []];
        PutHashes(size, newSize, added, changed);
        Flush(changed);
        return newEnd;
    }

    /// <summary>Reads hashes of a level. They must be there.</summary>
    /// <exception cref="IOException">They are not.</exception>
    public void ReadHashes(int level, long first, Span<Hash256> hashes)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(hashes);
        ReadFully(_tiles[level], first * Hash256.Length, bytes, $"tiles.{level}");
    }

    /// <summary>Bytes of an entries tile, of its first entries only where it is partial.</summary>
    public byte[] ReadEntries(long tile, int width)
    {
        long start = Start(tile);
        // Read by guesses that grow: entries are much shorter than they may be, as a rule.
        for (int guess = 1 << 16; ; guess *= 4)
        {
            byte[] bytes = new byte[Math.Min(guess, _entries.Length - start)];
            int read = _entries.Read(start, bytes);
            if (Span(bytes.AsSpan(0, read), width) is { } length)
            {
                return bytes[..length];
            }

            if (read < guess)
            {
                throw new IOException($"The log's file entries ends within tile {tile}.");
            }
        }
    }

    /// <summary>Where the first entries end in <c>entries</c>.</summary>
    public long EndOf(long size)
    {
        if (size == 0)
        {
            return 0;
        }

        long tile = (size - 1) / MerkleTiles.Width;
        return Start(tile) + ReadEntries(tile, (int)(size - (tile * MerkleTiles.Width))).Length;
    }

    /// <summary>What is whole behind the first entries: those whose length, bytes and leaf hash all agree, up to the first that does
    /// not. All that a checkpoint was signed over is among them, as all of it was flushed before.</summary>
    public List<(ReadOnlyMemory<byte> Entry, Hash256 Leaf)> WholeTail(long size, long end)
    {
        List<(ReadOnlyMemory<byte> Entry, Hash256 Leaf)> tail = [];
        Span<byte> prefix = stackalloc byte[sizeof(ushort)];
        Span<byte> kept = stackalloc byte[Hash256.Length];
        while (_entries.Read(end, prefix) == prefix.Length)
        {
            byte[] entry = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            Hash256 leaf = MerkleHash.Leaf(entry);
            if (entry.Length == 0
                || _entries.Read(end + prefix.Length, entry) != entry.Length
                || _tiles[0].Read((size + tail.Count) * Hash256.Length, kept) != kept.Length
                || (leaf = MerkleHash.Leaf(entry)) != new Hash256(kept))
            {
                break;
            }

            tail.Add((entry, leaf));
            end += prefix.Length + entry.Length;
        }

        return tail;
    }

    public void Dispose()
    {
        _entries.Dispose();
        _starts.Dispose();
        Array.ForEach(_tiles, file => file.Dispose());
    }

    /// <summary>Entries of a tile's bytes, in order.</summary>
    /// <exception cref="IOException">They are not whole.</exception>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> tile)
    {
        List<ReadOnlyMemory<byte>> entries = [];
        while (!tile.IsEmpty)
        {
            int length = Span(tile.Span, 1) ?? throw new IOException("An entries tile ends within an entry.");
            entries.Add(tile[sizeof(ushort)..length]);
            tile = tile[length..];
        }

        return entries;
    }

    private void PutHashes(long size, long newSize, IReadOnlyList<(ReadOnlyMemory<byte> Entry, Hash256 Leaf)> added, List<IDurableFile> changed)
    {
        Hash256[] hashes = [.. added.Select(entry => entry.Leaf)];
        for (int level = 0; level < Levels; level++)
        {
            long first = HashCount(level, size);
            using var bytes = new MemoryStream();
            bytes.Write(MemoryMarshal.AsBytes<Hash256>(hashes));
            Put(_tiles[level], first * Hash256.Length, bytes, HashCount(level, newSize) * Hash256.Length, changed);
            hashes = Above(level, size, newSize);
        }
    }

    private static void Flush(IEnumerable<IDurableFile> files)
    {
        foreach (IDurableFile file in files.Distinct())
        {
            file.Flush();
        }
    }

    /// <summary>The hashes of the next level that a level's new hashes complete.</summary>
    private Hash256[] Above(int level, long size, long newSize)
    {
        if (level + 1 == Levels)
        {
            return [];
        }

        long first = HashCount(level + 1, size);
        Hash256[] above = new Hash256[HashCount(level + 1, newSize) - first];
        Span<Hash256> tile = stackalloc Hash256[MerkleTiles.Width];
        for (int i = 0; i < above.Length; i++)
        {
            ReadHashes(level, (first + i) * MerkleTiles.Width, tile);
            above[i] = MerkleHash.Perfect(tile);
        }

        return above;
    }

    /// <summary>Writes, and cuts what may lie behind.</summary>
    private static void Put(IDurableFile file, long offset, MemoryStream bytes, long length, List<IDurableFile> changed)
    {
        if (bytes.Length > 0)
        {
            changed.Add(file);
            file.Write(offset, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }

        if (file.Length > length)
        {
            changed.Add(file);
            file.Truncate(length);
        }
    }

    private static long TileCount(long size) => (size + MerkleTiles.Width - 1) / MerkleTiles.Width;

    /// <summary>Bytes that the first entries of a tile take; null where they are not all there.</summary>
    private static int? Span(ReadOnlySpan<byte> tile, int entries)
    {
        int length = 0;
        for (int i = 0; i < entries; i++)
        {
            if (tile.Length < length + sizeof(ushort))
            {
                return null;
            }

            length += sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(tile[length..]);
        }

        return length <= tile.Length ? length : null;
    }

    private long Start(long tile)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ReadFully(_starts, tile * sizeof(ulong), bytes, "starts");
        long start = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return start >= 0 && start <= _entries.Length ? start : throw new IOException($"The log's file starts is damaged at tile {tile}.");
    }

    private static void ReadFully(IDurableFile file, long offset, Span<byte> bytes, string name)
    {
        if (file.Read(offset, bytes) != bytes.Length)
        {
            throw new IOException($"The log's file {name} ends before byte {offset + bytes.Length}, which a checkpoint was signed over.");
        }
    }
}
