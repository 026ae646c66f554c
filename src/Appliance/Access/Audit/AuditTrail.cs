using System.Text.Json;
using Appliance.Problems;
using Microsoft.Win32.SafeHandles;
using global::Rewards.Interop;

namespace Appliance.Access.Audit;

/// <summary>What was done by those who may: lines that are only added to, each flushed before the act it tells of is done. An act that then fails is in
/// the trail though it was not done; one that was done is never missing.</summary>
/// <remarks>
/// In order, and what a crash leaves:
/// 1. the line is written: a part of it is cut off by whoever writes next;
/// 2. it is flushed; 3. the act is done.
/// A full file becomes the first of the older ones by renaming from the oldest on: a crash on the way leaves a gap in their names, which reading passes over.
/// All that is known is in the files: the verb <c>key</c> writes beside a box that runs.
/// </remarks>
internal sealed class AuditTrail(AccessFolder folder, TimeProvider time)
{
    /// <summary>Bytes of a file.</summary>
    public const int FileLimitBytes = 1 << 20;

    /// <summary>Files before the present one; the oldest goes.</summary>
    public const int OlderFiles = 4;

    /// <summary>Characters of what is told of an act.</summary>
    private const int LongestText = 512;

    /// <summary>Longer than any line, with every character of it escaped.</summary>
    private const int TailBytes = 16 << 10;

    private readonly Lock gate = new();

    /// <summary>Writes down what is about to be done.</summary>
    /// <param name="context">By whom.</param>
    /// <param name="act">As <c>key made</c>.</param>
    /// <param name="what">Of what; never a secret.</param>
    /// <exception cref="RequestRefusedException">507: it cannot be written down, so it must not be done.</exception>
    public void Write(HttpContext context, string act, string? what = null)
    {
        try
        {
            Write(context.Caller().Name, context.Connection.RemoteIpAddress?.ToString(), act, what);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RequestRefusedException(StatusCodes.Status507InsufficientStorage, "The audit trail cannot be written, so nothing was done.");
        }
    }

    /// <summary>The same of acts that no request asks for.</summary>
    /// <exception cref="IOException">It cannot be written down, so it must not be done.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(string who, string? from, string act, string? what)
    {
        lock (gate)
        {
            using IDisposable held = FileLock.Hold(folder.TrailLock);
            long last;
            using (SafeFileHandle present = Open())
            {
                last = CutUnfinished(present);
            }

            last = last > 0 ? last : Files().SelectMany(Newest).FirstOrDefault()?.Number ?? 0;
            string? told = what is { Length: > LongestText } ? what[..LongestText] : what;
            var entry = new AuditEntry(last + 1, time.GetUtcNow(), who, from, act, told);
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, AccessJson.Default.AuditEntry), (byte)'\n'];
            if (new FileInfo(PathOf(0)).Length + line.Length > FileLimitBytes)
            {
                Rotate();
            }

            Append(line);
        }
    }

    /// <summary>Newest first.</summary>
    /// <param name="before">Those with smaller numbers.</param>
    /// <param name="count">At most.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public IReadOnlyList<AuditEntry> Read(long before, int count)
    {
        lock (gate)
        {
            using IDisposable held = FileLock.Hold(folder.TrailLock);
            return [.. Files().SelectMany(Newest).Where(entry => entry.Number < before).Take(count)];
        }
    }

    private void Append(byte[] line)
    {
        using SafeFileHandle file = Open();
        long length = RandomAccess.GetLength(file);
        try
        {
            RandomAccess.Write(file, line, length);
            RandomAccess.FlushToDisk(file);
        }
        catch
        {
            // Half a line would become the beginning of the next one.
            RandomAccess.SetLength(file, length);
            throw;
        }
    }

    private void Rotate()
    {
        File.Delete(PathOf(OlderFiles));
        for (int age = OlderFiles - 1; age >= 0; age--)
        {
            if (File.Exists(PathOf(age)))
            {
                File.Move(PathOf(age), PathOf(age + 1));
            }
        }
    }

    private SafeFileHandle Open()
    {
        string path = PathOf(0);
        if (!File.Exists(path))
        {
            using (new FileStream(path, PrivateFile.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            {
            }

            FolderFlush.Flush(folder.Path);
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    /// <returns>The last entry's number; 0 where the file tells none.</returns>
    private static long CutUnfinished(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        byte[] tail = new byte[Math.Min(length, TailBytes)];
        int read = RandomAccess.Read(file, tail, length - tail.Length);
        int end = tail.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
        if (end < tail.Length)
        {
            RandomAccess.SetLength(file, length - tail.Length + end);
            RandomAccess.FlushToDisk(file);
        }

        string text = System.Text.Encoding.UTF8.GetString(tail, 0, end);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(Parse).OfType<AuditEntry>().FirstOrDefault()?.Number ?? 0;
    }

    /// <summary>The present one first.</summary>
    private IEnumerable<string> Files() => Enumerable.Range(0, OlderFiles + 1).Select(PathOf).Where(File.Exists);

    /// <summary>A file's entries, newest first. A line that is none is passed over: what somebody spoilt of it hides no other.</summary>
    private static IEnumerable<AuditEntry> Newest(string path) =>
        File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(Parse).OfType<AuditEntry>();

    private static AuditEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AccessJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(int age) => Path.Combine(folder.Path, age == 0 ? "audit.jsonl" : $"audit.{age}.jsonl");
}
