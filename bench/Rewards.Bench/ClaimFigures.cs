using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Rewards.Claims;
using Rewards.Signing;

namespace Rewards.Bench;

/// <summary>Claim trees beside @openzeppelin/merkle-tree's of the same claims, and a larger one with its memory.</summary>
internal static class ClaimFigures
{
    private const int Rounds = 5;

    private const int Large = 1_000_000;

    public static async Task PrintAsync(string oracles, int accounts)
    {
        Table.Head($"claim tree of {accounts} accounts");
        Claim[] claims = MadeUp(accounts);
        double here = Table.Milliseconds(Rounds, () => ClaimTree.Of(claims));
        Table.Row("built here, median", here, "ms");
        ClaimTree tree = ClaimTree.Of(claims);
        Table.Row("written", Table.Milliseconds(Rounds, () => ClaimTreeJson.Write(tree, Stream.Null)), "ms");
        if (await AskAsync(oracles, accounts) is [var root, var milliseconds])
        {
            double there = double.Parse(milliseconds, CultureInfo.InvariantCulture);
            Table.Row("built by @openzeppelin/merkle-tree", there, "ms");
            Table.Row($"times as fast, {(root == tree.Root.ToString() ? "to the same root" : "to ANOTHER root")}", there / here, "");
        }

        Table.Head($"claim tree of {Large} accounts");
        claims = MadeUp(Large);
        GC.Collect();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        tree = ClaimTree.Of(claims);
        Table.Row("built, once", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");
        Table.Row("allocated for it", (GC.GetTotalAllocatedBytes(precise: true) - before) / 1048576.0, "MiB");
        Table.Row("written", Table.Milliseconds(1, () => ClaimTreeJson.Write(tree, Stream.Null)), "ms");
        using Process self = Process.GetCurrentProcess();
        Table.Row("the most this process held, claims and all", self.PeakWorkingSet64 / 1048576.0, "MiB");
    }

    /// <summary>Account i is the end of the Keccak-256 of i in four bytes, and may claim 10^18·i + 1: as the script makes them.</summary>
    private static Claim[] MadeUp(int count) => [.. Enumerable.Range(0, count).AsParallel().AsOrdered().Select(i =>
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, i);
        return new Claim(new(Keccak256.Of(number).ToArray().AsSpan(Hash256.Length - EthereumAddress.Length)), ((UInt128)1_000_000_000_000_000_000 * (UInt128)i) + 1);
    })];

    private static async Task<string[]?> AskAsync(string oracles, int accounts)
    {
        if (!Directory.Exists(Path.Combine(oracles, "node_modules", "@openzeppelin", "merkle-tree")))
        {
            Console.WriteLine("  @openzeppelin/merkle-tree is not installed: ./test installs it");
            return null;
        }

        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(oracles, "rewards", "claims.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await node.StandardInput.WriteAsync($"{{\"count\":{accounts}}}");
        node.StandardInput.Close();
        string answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return answer.Trim().Split(' ');
    }
}
