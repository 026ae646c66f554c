using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Rewards.Orders;
using Appliance.Startup;
using Transcode.Engine.Verification;
using global::Rewards.Receipts;
using global::Rewards.Signing;
using global::Rewards.Verdicts;

namespace Appliance.Rewards.Command;

/// <summary>Somebody goes through an order: a verdict for every piece that he looks at, and a signature for what is as it should be.</summary>
/// <param name="box">That made it.</param>
/// <param name="order">What was ordered.</param>
/// <param name="inspector">Who looks.</param>
/// <param name="book">Keeps the verdicts.</param>
/// <param name="key">Signs verdicts and receipts.</param>
/// <param name="output">Told of each piece.</param>
internal sealed class OrderInspection(BoxClient box, ShownOrder order, PieceInspector inspector, VerdictBook book, DeviceKey key, TextWriter output)
{
    /// <summary>As many as a box takes at once.</summary>
    private const int SignaturesAtOnce = 1000;

    private readonly Dictionary<ulong, Judgement> found = [];
    private IReadOnlyList<SignedReceipt> receipts = [];

    private bool IsSound => !found.Values.Any(judgement => judgement.Outcome is VerdictOutcome.Rejected or VerdictOutcome.Refuted);

    /// <summary>Looks at pieces drawn by lot, in their order.</summary>
    /// <param name="pieces">How many, at least 1; all where there are no more.</param>
    /// <param name="frames">Pictures of each.</param>
    /// <param name="cancellationToken">Ends it between pieces; what was found by then is kept.</param>
    /// <returns>Whether nothing was rejected.</returns>
    /// <exception cref="CommandStoppedException">The box does not answer, or what it shows is not signed by it.</exception>
    /// <exception cref="VerdictException">A verdict cannot be kept.</exception>
    public async Task<bool> LookAsync(int pieces, int frames, CancellationToken cancellationToken)
    {
        receipts = await order.ReceiptsAsync(cancellationToken);
        if (receipts.Count == 0)
        {
            throw new CommandStoppedException("The order has no receipts yet.");
        }

        foreach (int number in Challenge.Draw(Lot(), receipts.Count, pieces))
        {
            SignedReceipt receipt = receipts[number];
            Judgement judgement = await JudgeAsync(receipt, frames, cancellationToken);
            found.Add(receipt.Receipt.Seq, judgement);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{found.Count,4}  receipt {receipt.Receipt.Seq}, {judgement.What}: {Word(judgement.Outcome)}. {judgement.Reason}"));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Looked at {found.Count} of {receipts.Count} pieces: {Count(VerdictOutcome.Accepted)} accepted, {Count(VerdictOutcome.Rejected) + Count(VerdictOutcome.Refuted)} rejected, {Count(VerdictOutcome.CannotTell)} cannot be told."));
        await StandingVerb.WriteAsync(book.Verdicts.Where(verdict => verdict.Verdict.Device == receipts[0].Receipt.Device), output);
        return IsSound;
    }

    /// <summary>Signs the receipts of what was accepted. What was rejected or not given is never signed; what cannot be told is where nothing was rejected, and what was not
    /// looked at where, besides, most of what was is there: by a few pieces nobody knows the rest.</summary>
    /// <exception cref="CommandStoppedException">The box does not take it, or the key is not the requester's.</exception>
    public async Task CountersignAsync(CancellationToken cancellationToken)
    {
        if (order.Order.Requester != key.Address.ToString())
        {
            throw new CommandStoppedException($"Only {order.Order.Requester} can countersign this order, and the key is {key.Address}'s.");
        }

        Countersignature[] signed =
            [.. receipts.Where(IsToBeSigned).Select(receipt => new Countersignature((long)receipt.Receipt.Seq, key.Sign(receipt.Digest()).ToString()))];
        foreach (Countersignature[] some in signed.Chunk(SignaturesAtOnce))
        {
            await box.PostAsync(
                $"/v1/orders/{order.Quote}/countersignatures",
                JsonSerializer.SerializeToUtf8Bytes(new CountersignRequest(some), RewardsJson.Default.CountersignRequest),
                cancellationToken);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Countersigned {signed.Length} of {receipts.Count} receipts."));
    }

    private bool IsToBeSigned(SignedReceipt receipt) => found.GetValueOrDefault(receipt.Receipt.Seq) switch
    {
        { Outcome: VerdictOutcome.Accepted } => true,
        { IsDelivered: false } => false,
        null => IsSound && 2 * found.Values.Count(judgement => judgement.IsDelivered) > found.Count,
        _ => IsSound,
    };

    private async Task<Judgement> JudgeAsync(SignedReceipt receipt, int frames, CancellationToken cancellationToken)
    {
        ShownWork work = await order.ShowAsync(receipt, cancellationToken);
        byte[] lot = Lot();
        Judgement judgement = await inspector.JudgeAsync(work, Challenge.SeedOf(work.Checkpoint.Span, work.Digest.ToArray(), lot), frames, cancellationToken);
        book.Append(
            new(
                Verifier: key.Address,
                Seq: 1,
                receipt.Receipt.Device,
                work.Digest,
                Checkpoint: new(SHA256.HashData(work.Checkpoint.Span)),
                new(lot),
                (ulong)judgement.Frames,
                judgement.Outcome,
                VerdictText.Of(judgement.Check, WorkVerdict.CheckLimit),
                VerdictText.Of(judgement.Reason, WorkVerdict.ReasonLimit),
                VerdictText.Of(inspector.Engine, WorkVerdict.EngineLimit),
                (ulong)((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
                Previous: Hash256.Zero),
            receipt.Domain);
        return judgement;
    }

    private static byte[] Lot() => RandomNumberGenerator.GetBytes(Challenge.SeedBytes);

    private int Count(VerdictOutcome outcome) => found.Values.Count(judgement => judgement.Outcome == outcome);

    private static string Word(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Accepted => "accepted",
        VerdictOutcome.Rejected => "rejected",
        VerdictOutcome.Refuted => "refuted",
        _ => "cannot tell",
    };
}
