using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Verdicts;

/// <summary>All verdicts of one verifier, in a file: a line each, in the canonical form, chained. It is given to whoever wants to know how boxes stand.</summary>
/// <remarks>
/// One writer, which a lock beside the file sees to; not for two threads at once. A verdict is kept when <see cref="Append"/> has returned: it was written behind
/// the last one kept, and flushed. Where that failed, whatever stands there is cut off before the next is written. After a crash, what does not read as a verdict that
/// follows is a leftover of one that was never kept, and is cut off too, unless a verdict stands behind it: then the file is damaged and is left as it is.
/// </remarks>
public sealed class VerdictBook : IDisposable
{
    /// <summary>Bytes that a file may have.</summary>
    public const int LengthLimit = 64 << 20;

    private const byte NewLine = (byte)'\n';

    private readonly IDurableFile file;
    private readonly DeviceKey key;
    private readonly FileStream? mutex;
    private readonly List<SignedVerdict> verdicts;
    private long kept;

    internal VerdictBook(IDurableFolder folder, string name, DeviceKey key, FileStream? mutex)
    {
        this.key = key;
        this.mutex = mutex;
        byte[] content = folder.Read(name, LengthLimit) ?? [];
        verdicts = ReadAll(content, out int whole, out string? fault);
        if (verdicts is [var first, ..] && first.Verdict.Verifier != key.Address)
        {
            throw new VerdictException($"{name} has the verdicts of {first.Verdict.Verifier}, and the key is {key.Address}'s. It was left as it is.");
        }

        if (fault is not null && HasVerdict(content.AsSpan(whole)))
        {
            throw new VerdictException($"{name} is damaged: {fault} It was left as it is: restore a copy, or move it away.");
        }

        file = folder.Open(name);
        kept = whole;
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<SignedVerdict> Verdicts => verdicts;

    /// <param name="path">Of the file; made where there is none.</param>
    /// <param name="key">Whose verdicts they are.</param>
    /// <exception cref="VerdictException">It cannot be opened, is another's or damaged, or another process has it.</exception>
    public static VerdictBook Open(string path, DeviceKey key)
    {
        FileStream? mutex = null;
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            mutex = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new(new DiskFolder(folder), Path.GetFileName(path), key, mutex);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mutex?.Dispose();
            throw new VerdictException($"The verdicts in {path} cannot be taken: {exception.Message}", exception);
        }
        catch (VerdictException)
        {
            mutex?.Dispose();
            throw;
        }
    }

    /// <summary>Reads what a verifier gave out.</summary>
    /// <param name="content">Of his file.</param>
    /// <exception cref="FormatException">Something in it is no verdict, is not signed, or does not follow; the message says what first.</exception>
    public static IReadOnlyList<SignedVerdict> Read(ReadOnlyMemory<byte> content)
    {
        List<SignedVerdict> read = ReadAll(content, out _, out string? fault);
        return fault is null ? read : throw new FormatException(fault);
    }

    /// <summary>Signs a verdict and keeps it. Its verifier, number and predecessor are put in here.</summary>
    /// <param name="verdict">What was found.</param>
    /// <param name="domain">Where the receipt counts that it is about.</param>
    /// <exception cref="ArgumentException">A field is outside its range.</exception>
    /// <exception cref="VerdictException">It could not be kept, or the file is full; what was kept before is.</exception>
    public SignedVerdict Append(WorkVerdict verdict, SigningDomain domain)
    {
        SignedVerdict signed = SignedVerdict.Sign(
            verdict with { Verifier = key.Address, Seq = (ulong)verdicts.Count + 1, Previous = verdicts.Count == 0 ? Hash256.Zero : verdicts[^1].Digest() }, domain, key);
        byte[] line = [.. VerdictJson.Write(signed), NewLine];
        if (kept + line.Length > LengthLimit)
        {
            throw new VerdictException($"A file of verdicts has at most {LengthLimit} bytes: begin another.");
        }

        try
        {
            if (file.Length > kept)
            {
                file.Truncate(kept);
            }

            file.Write(kept, line);
            file.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VerdictException($"The verdict could not be kept: {exception.Message}", exception);
        }

        kept += line.Length;
        verdicts.Add(signed);
        return signed;
    }

    public void Dispose()
    {
        file.Dispose();
        mutex?.Dispose();
    }

    /// <param name="content">Lines.</param>
    /// <param name="whole">How many of its bytes are verdicts that follow each other.</param>
    /// <param name="fault">What the first line behind them is not; null where there is nothing behind them.</param>
    private static List<SignedVerdict> ReadAll(ReadOnlyMemory<byte> content, out int whole, out string? fault)
    {
        List<SignedVerdict> read = [];
        for (whole = 0, fault = null; whole < content.Length && fault is null;)
        {
            int length = content.Span[whole..].IndexOf(NewLine);
            fault = length < 0 ? $"Line {read.Count + 1} has no end." : Take(read, content.Slice(whole, length));
            whole += fault is null ? length + 1 : 0;
        }

        return read;
    }

    private static string? Take(List<SignedVerdict> read, ReadOnlyMemory<byte> line)
    {
        SignedVerdict signed;
        try
        {
            signed = VerdictJson.Read(line);
        }
        catch (FormatException exception)
        {
            return $"Line {read.Count + 1}: {exception.Message}";
        }

        SignedVerdict? before = read.Count > 0 ? read[^1] : null;
        string? fault = signed.Fault()
            ?? (signed.Verdict.Verifier != (before ?? signed).Verdict.Verifier ? $"It is by {signed.Verdict.Verifier}, and those before by another."
                : signed.Verdict.Seq != (ulong)read.Count + 1 || signed.Verdict.Previous != (before?.Digest() ?? Hash256.Zero) ? "It does not follow the one before it."
                : null);
        if (fault is null)
        {
            read.Add(signed);
        }

        return fault is null ? null : $"Line {read.Count + 1}: {fault}";
    }

    /// <summary>Is any line behind the first a verdict of anybody?</summary>
    private static bool HasVerdict(ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf(NewLine) is >= 0 and int end)
        {
            rest = rest[(end + 1)..];
            int length = rest.IndexOf(NewLine);
            try
            {
                if (length > 0 && VerdictJson.Read(rest[..length].ToArray()).Fault() is null)
                {
                    return true;
                }
            }
            catch (FormatException)
            {
                // A leftover.
            }
        }

        return false;
    }
}
