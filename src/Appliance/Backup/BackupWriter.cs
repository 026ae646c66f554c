using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Startup;

namespace Appliance.Backup;

/// <summary>Writes a backup: a tar archive (POSIX.1-2001, pax) that any tar reads, with the state below <c>state/</c> and <see cref="BackupManifest"/> at its end.</summary>
internal sealed class BackupWriter(Stream output) : IAsyncDisposable
{
    private readonly TarWriter tar = new(output, TarEntryFormat.Pax, leaveOpen: true);
    private readonly List<BackupEntry> files = [];

    public IReadOnlyList<BackupEntry> Files => files;

    /// <param name="folder">Where the file is.</param>
    /// <param name="path">Below it, with slashes, and so in the backup.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">It cannot be read or written, or became shorter meanwhile.</exception>
    public async Task AddAsync(string folder, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var hashed = new HashedStream(file, file.Length);
        var entry = new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Root + path)
        {
            Mode = OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file.SafeFileHandle),
            ModificationTime = File.GetLastWriteTimeUtc(file.SafeFileHandle),
            DataStream = hashed,
        };
        await tar.WriteEntryAsync(entry, cancellationToken);
        files.Add(new(path, hashed.Length, Convert.ToHexStringLower(hashed.Digest())));
    }

    public async Task FinishAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, ApplianceVersion.Text, at, files);
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest));
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, DataStream = content }, cancellationToken);
    }

    public ValueTask DisposeAsync() => tar.DisposeAsync();

    /// <summary>The first bytes of a file, so many as it had when it was begun, and their digest: what is appended meanwhile is not in the backup.</summary>
    private sealed class HashedStream(Stream file, long length) : Stream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => position;
            set => throw new NotSupportedException();
        }

        public byte[] Digest() => position == length ? hash.GetHashAndReset() : throw new IOException("A file became shorter while it was read.");

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = file.Read(buffer[..(int)Math.Min(buffer.Length, length - position)]);
            hash.AppendData(buffer[..read]);
            position += read;
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - position)], cancellationToken);
            hash.AppendData(buffer.Span[..read]);
            position += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
