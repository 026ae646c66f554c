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

    /// <summary>As many as a segment of the longest that there is.</summary>
    public const int MostFrames = 1024;

    /// <summary>The seed for one receipt: the SHA-256 of the hash of the checkpoint that the log was signed with after the receipt was in it, of the receipt's
    /// digest, and of what the verifier drew by lot.</summary>
    /// <remarks>The box signs the checkpoint, and could have tried entries until the draw was to its liking: it is the lot that it cannot foresee. The other two
    /// keep a verifier from using one lot where it suits him best.</remarks>
    /// <param name="checkpoint">With its signatures.</param>
    /// <param name="receiptDigest">What device and requester signed, of <see cref="SeedBytes"/>.</param>
    /// <param name="lot">Random, of <see cref="SeedBytes"/>, drawn when the rendition's bytes were at hand.</param>
    /// <exception cref="ArgumentException">Digest or lot has another length.</exception>
    public static byte[] SeedOf(ReadOnlySpan<byte> checkpoint, ReadOnlySpan<byte> receiptDigest, ReadOnlySpan<byte> lot) =>
        receiptDigest.Length == SeedBytes && lot.Length == SeedBytes
            ? SHA256.HashData([.. SHA256.HashData(checkpoint), .. receiptDigest, .. lot])
            : throw new ArgumentException($"A receipt's digest and a lot have {SeedBytes} bytes.");

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
