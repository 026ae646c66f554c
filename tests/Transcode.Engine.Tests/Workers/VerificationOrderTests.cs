using System.Security.Cryptography;
using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Renditions that strangers made are looked at where they harm nobody: in a locked-in worker.</summary>
public sealed class VerificationOrderTests
{
    private const string Fingerprint = "ab";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_OwnSegment_IsAcceptedByItsBytes_AndAnothersByItsPictures()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        (byte[] init, byte[] media) = await MadeAsync(pool, RawVideo.Segment(1));
        EngineIdentity engine = await pool.GetIdentityAsync(Token);
        Verdict own = await VerifyAsync(pool, init, media, engine.ToString());
        Assert.Equal((VerdictKind.Accepted, VerificationCheck.Bytes), (own.Kind, own.Check));

        SegmentOrder order = RawVideo.Segment(1);
        (init, media) = await MadeAsync(pool, order with { Recipe = (VideoRecipe)order.Recipe with { Preset = "medium" } });
        Verdict others = await VerifyAsync(pool, init, media, "another");
        Assert.Equal((VerdictKind.Accepted, null, Challenge.UsualFrames), (others.Kind, others.Check, others.Frames.Count));
    }

    /// <summary>One worker judges one after the other: what it holds of one claim is never taken for another's.</summary>
    [Fact]
    public async Task Verify_WhatIsNotTheSegment_IsRejected_AndTheWorkerGoesOn()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        (byte[] init, byte[] media) = await MadeAsync(pool, RawVideo.Segment(1));
        byte[] noise = RandomNumberGenerator.GetBytes(media.Length);
        Assert.Equal(VerdictKind.Rejected, (await VerifyAsync(pool, init, noise, "another")).Kind);
        Assert.Equal(VerificationCheck.Commitment, (await VerifyAsync(pool, init, noise, "another", committed: media)).Check);
        Assert.Equal(VerdictKind.Accepted, (await VerifyAsync(pool, init, media, "another")).Kind);
        (_, byte[] other) = await MadeAsync(pool, RawVideo.Segment(0));
        Assert.Equal(VerdictKind.Rejected, (await VerifyAsync(pool, init, other, "another")).Kind);
        Assert.Single(pool.Status.Workers);
    }

    [Fact]
    public async Task Verify_ByAnOrderThatDoesNotFitItsBytes_Fails()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        (byte[] init, byte[] media) = await MadeAsync(pool, RawVideo.Segment(1));
        var bytes = new ClaimedBytes(new GatedSource(RawVideo.Bytes, Fingerprint), init, media);
        VerificationOrder sound = Order(init, media, "another", media);
        foreach (VerificationOrder order in new[]
        {
            sound with { SourceBytes = -1 }, sound with { InitBytes = -1 }, sound with { SourceBytes = bytes.Length, InitBytes = 1 }, sound with { SourceBytes = long.MaxValue, InitBytes = long.MaxValue },
            sound with { Drawn = [] }, sound with { Drawn = [.. Enumerable.Range(0, Challenge.MostFrames + 1)] },
        })
        {
            TranscodeException refused = await Assert.ThrowsAsync<TranscodeException>(() => Pools.BytesAsync(pool, order, bytes, Token));
            Assert.Equal(FailureCause.OutOfRange, refused.Failure.Cause);
        }
    }

    [Fact]
    public async Task Bytes_AcrossAllThree_AreReadAsOne()
    {
        byte[] init = [1, 2, 3], media = [4, 5];
        var bytes = new ClaimedBytes(new GatedSource(RawVideo.Bytes, Fingerprint), init, media);
        byte[] all = [.. RawVideo.Bytes, .. init, .. media];
        Assert.Equal(all.Length, bytes.Length);
        foreach ((int offset, int count) in new[] { (0, all.Length + 10), (all.Length - 6, 6), (all.Length - 4, 3), (all.Length - 1, 5), (all.Length, 3) })
        {
            byte[] buffer = new byte[count];
            int got = await bytes.ReadAsync(offset, buffer, Token);
            Assert.Equal(all[offset..Math.Min(all.Length, offset + count)], buffer[..got]);
        }

        Assert.NotEqual(bytes.Fingerprint, new ClaimedBytes(new GatedSource(RawVideo.Bytes, Fingerprint), init, init).Fingerprint);
        Assert.NotEqual(bytes.Fingerprint, new ClaimedBytes(new GatedSource(RawVideo.Bytes, "cd"), init, media).Fingerprint);
    }

    private static async Task<(byte[] Init, byte[] Media)> MadeAsync(WorkerPool pool, SegmentOrder order) =>
        (await Pools.BytesAsync(pool, new InitOrder(order.Source, order.Recipe), new GatedSource(RawVideo.Bytes, Fingerprint), Token),
            await Pools.BytesAsync(pool, order, new GatedSource(RawVideo.Bytes, Fingerprint), Token));

    private static VerificationOrder Order(byte[] init, byte[] media, string engine, byte[] committed)
    {
        SegmentOrder asked = RawVideo.Segment(1);
        return new(
            new(asked.Source, (VideoRecipe)asked.Recipe, asked.Index, engine, Convert.ToHexStringLower(SHA256.HashData(committed))),
            RawVideo.Bytes.Length,
            init.Length,
            Challenge.Draw(new byte[Challenge.SeedBytes], asked.Source.Grid.FramesIn(asked.Index), Challenge.UsualFrames));
    }

    private static async Task<Verdict> VerifyAsync(WorkerPool pool, byte[] init, byte[] media, string engine, byte[]? committed = null)
    {
        IByteSource bytes = new ClaimedBytes(new GatedSource(RawVideo.Bytes, Fingerprint), init, media);
        return JsonSerializer.Deserialize(
            await Pools.BytesAsync(pool, Order(init, media, engine, committed ?? media), bytes, Token), VerificationJson.Default.Verdict)!;
    }
}
