using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rewards.Metering;

/// <summary>What makes two records the same work: source, recipe, index and engine, the arguments of the one function.
/// Whoever asked, however often it was retried or made again after the cache forgot it, it is metered once.</summary>
internal static class IdempotencyKey
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>SHA-256 over <c>"appliance/work/v1" 00</c>, then source fingerprint, recipe id and engine as UTF-8, each
    /// after its length in bytes (u32, big-endian), then the index (u32, big-endian). Lengths first, so that no two
    /// different works give the same input.</summary>
    public static byte[] Of(string sourceFingerprint, string recipeId, int index, string engine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("appliance/work/v1\0"u8);
        foreach (string text in new[] { sourceFingerprint, recipeId, engine })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            AppendNumber(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        AppendNumber(hash, index);
        return hash.GetHashAndReset();
    }

    public static byte[] Of(WorkMeasurement work) => Of(work.SourceFingerprint, work.RecipeId, work.Index, work.Engine);

    private static void AppendNumber(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
