using System.Text;
using Rewards.Durability;

namespace Rewards.Tests.Log;

/// <summary>A folder in memory that keeps what was flushed apart from what was not, so that a power cut can be played: any part of
/// what was not flushed is then lost, and any not, in any order. One step can be told to fail.</summary>
internal sealed class SimulatedDisk(int seed) : IDurableFolder
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Content> _files = [];
    private int _steps;
    private int _failing = -1;
    private Fault _fault;

    /// <summary>How a step fails.</summary>
    public enum Fault
    {
        /// <summary>Nothing is done.</summary>
        Failed,

        /// <summary>It is done, and said to have failed.</summary>
        FailedButDone,

        /// <summary>A part of it is done: the disk became full.</summary>
        FailedHalfway,
    }

    /// <summary>Steps taken: writing, cutting, flushing, replacing.</summary>
    public int Steps => _steps;

    /// <summary>All that was ever handed over to be the content of a replaced file, whether that succeeded or not.</summary>
    public List<(string Name, string Content)> Replaced { get; } = [];

    public void FailAt(int step, Fault fault) => (_failing, _fault) = (step, fault);

    public void FailNoMore() => _failing = -1;

    /// <summary>The machine goes down and comes up again.</summary>
    public void CutPower()
    {
        lock (_lock)
        {
            FailNoMore();
            foreach (Content file in _files.Values)
            {
                file.LoseUnflushed(_random);
            }
        }
    }

    public byte[]? Read(string name, int limit)
    {
        lock (_lock)
        {
            return _files.TryGetValue(name, out Content? file)
                ? file.Bytes.Length <= limit ? [.. file.Bytes] : throw new IOException("too long")
                : null;
        }
    }

    public void Replace(string name, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        lock (_lock)
        {
            Replaced.Add((name, Encoding.UTF8.GetString(bytes)));
            Step(
                () => _files[name] = new Content(bytes),
                // Renamed, and the folder's flush failed: a power cut may bring the old content back.
                () =>
                {
                    if (_files.TryGetValue(name, out Content? standing))
                    {
                        standing.Pend(_ => bytes);
                    }
                });
        }
    }

    public IDurableFile Open(string name)
    {
        lock (_lock)
        {
            if (!_files.TryGetValue(name, out Content? file))
            {
                _files[name] = file = new Content([]);
            }

            return new OpenFile(this, file);
        }
    }

    private void Step(Action whole, Action half)
    {
        bool fails = _steps++ == _failing;
        if (!fails || _fault is Fault.FailedButDone)
        {
            whole();
        }
        else if (_fault is Fault.FailedHalfway)
        {
            half();
        }

        if (fails)
        {
            throw new IOException($"Step {_failing}: {_fault}.");
        }
    }

    private sealed class Content(byte[] durable)
    {
        private readonly List<Func<byte[], byte[]>> _pending = [];
        private byte[] _durable = durable;

        public byte[] Bytes { get; private set; } = durable;

        public void Pend(Func<byte[], byte[]> change)
        {
            _pending.Add(change);
            Bytes = change(Bytes);
        }

        public void Flush(bool whole)
        {
            // A flush that fails halfway has some of the changes on the disk, and forgets that the others are not.
            _durable = whole ? Bytes : _pending.Take(_pending.Count / 2).Aggregate(_durable, (bytes, change) => change(bytes));
            _pending.Clear();
        }

        public void LoseUnflushed(Random random)
        {
            _durable = _pending.Where(_ => random.Next(2) == 0).Aggregate(_durable, (bytes, change) => change(bytes));
            _pending.Clear();
            Bytes = _durable;
        }
    }

    private sealed class OpenFile(SimulatedDisk disk, Content file) : IDurableFile
    {
        public long Length => file.Bytes.Length;

        public int Read(long offset, Span<byte> bytes)
        {
            lock (disk._lock)
            {
                int read = (int)Math.Clamp(file.Bytes.Length - offset, 0, bytes.Length);
                file.Bytes.AsSpan((int)Math.Min(offset, file.Bytes.Length), read).CopyTo(bytes);
                return read;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            byte[] written = bytes.ToArray();
            lock (disk._lock)
            {
                // In pieces, each of which a power cut may lose by itself.
                disk.Step(() => WritePieces(offset, written), () => WritePieces(offset, written[..(written.Length / 2)]));
            }
        }

        public void Truncate(long length)
        {
            lock (disk._lock)
            {
                disk.Step(() => file.Pend(content => content.Length > length ? content[..(int)length] : content), () => { });
            }
        }

        public void Flush()
        {
            lock (disk._lock)
            {
                disk.Step(() => file.Flush(whole: true), () => file.Flush(whole: false));
            }
        }

        public void Dispose()
        {
        }

        private void WritePieces(long offset, byte[] bytes)
        {
            foreach (byte[] piece in bytes.Chunk(23))
            {
                long at = offset;
                file.Pend(content =>
                {
                    byte[] changed = new byte[Math.Max(content.Length, at + piece.Length)];
                    content.CopyTo(changed, 0);
                    piece.CopyTo(changed, at);
                    return changed;
                });
                offset += piece.Length;
            }
        }
    }
}
