using Rewards.Tests;

namespace Appliance.Fuzz.Targets;

/// <summary>Receipts, logs, proofs and books that others give.</summary>
internal static class RewardsTargets
{
    private static readonly byte[][] Words = [.. JsonWords.All, .. Bytes.Of("\n", "\n\n", "— a AAAAAAA=\n", "— ", "/x001/", ".p/", "old ", "0x0000000000000000000000000000000000000000")];

    public static IEnumerable<FuzzTarget> Of() => ForeignReaders.All().Select(reader => new FuzzTarget(
        $"rewards-{reader.What.Replace("'", "", StringComparison.Ordinal).Replace(' ', '-')}",
        [Bytes.Of(reader.Right)],
        bytes =>
        {
            reader.Read(bytes);
            return "read";
        })
    {
        Refusals = [typeof(FormatException)],
        Words = Words,
        Share = reader.What == "export" ? 0.05 : 0.4,
    });
}
