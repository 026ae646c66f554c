using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Transcode.Engine.Verification;

/// <summary>Which frames of a segment are looked at. They follow from a seed that nobody knew when the box committed to its bytes, and from
/// nothing else: whoever checks a verdict draws the same.</summary>
public static class Challenge
{
    /// <summary>Of a seed.</summary>
    public const int SeedBytes = 32;

    /// <summary>Frames drawn where nobody says how many.</summary>
    public const int UsualFrames = 3;

    /// <summary>The seed for one receipt: the SHA-256 of the hash of the checkpoint that the log was signed with after the receipt was in it, and
    /// the receipt's digest.</summary>
    /// <param name="checkpoint">With its signatures, which nobody can foresee either.</param>
    /// <param name="receiptDigest">What device and requester signed.</param>
    public static byte[] SeedOf(ReadOnlySpan<byte> checkpoint, ReadOnlySpan<byte> receiptDigest) =>
        SHA256.HashData([.. SHA256.HashData(checkpoint), .. receiptDigest]);

    /// <summary>Draws frames without putting them back; every set of that many is as likely as any other.</summary>
    /// <param name="seed">Of <see cref="SeedBytes"/>.</param>
    /// <param name="frameCount">Frames of the segment, at least 1.</param>
    /// <param name="count">How many are wanted, at least 1; all where there are no more.</param>
    /// <returns>Their numbers in the segment, rising.</returns>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static int[] Draw(ReadOnlySpan<byte> seed, int frameCount, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (seed.Length != SeedBytes)
        {
            throw new ArgumentException($"A seed has {SeedBytes} bytes, not {seed.Length}.", nameof(seed));
        }

        int[] frames = [.. Enumerable.Range(0, frameCount)];
        int drawn = Math.Min(count, frameCount);
        uint counter = 0;
        for (int i = 0; i < drawn; i++)
        {
            int other = i + Below(seed, frameCount - i, ref counter);
            (frames[i], frames[other]) = (frames[other], frames[i]);
        }

        return [.. frames.Take(drawn).Order()];
    }

    /// <summary>A number from 0 on, below <paramref name="limit"/>. Those of the last, broken round are drawn again, so that none is likelier.</summary>
    private static int Below(ReadOnlySpan<byte> seed, int limit, ref uint counter)
    {
        Span<byte> input = stackalloc byte[SeedBytes + sizeof(uint)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        seed.CopyTo(input);
        ulong rest = ulong.MaxValue % (uint)limit;
        while (true)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input[SeedBytes..], counter++);
            SHA256.HashData(input, hash);
            ulong number = BinaryPrimitives.ReadUInt64BigEndian(hash);
            if (number < ulong.MaxValue - rest)
            {
                return (int)(number % (uint)limit);
            }
        }
    }
}
