using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;
using global::Rewards.Metering;
using global::Rewards.Verdicts;

namespace Appliance.Rewards.Command;

/// <summary>Looks at pieces of work that a box was paid for, beside the source that they were made of. What comes from the box is opened in a locked-in worker only.</summary>
/// <param name="box">Where they are.</param>
/// <param name="source">As whoever looks has it.</param>
/// <param name="transcoder">Of this machine.</param>
/// <param name="playlists">By the names of renditions, the paths of their playlists on the box.</param>
/// <param name="ordered">What is paid for.</param>
internal sealed class PieceInspector(
    BoxClient box, PlayableSource source, PooledTranscoder transcoder, IReadOnlyDictionary<string, string> playlists, OrderedRungs ordered)
{
    /// <summary>No initialization segment has so much; longer ones are not read on.</summary>
    private const long InitBytes = 1 << 20;

    /// <summary>No segment has so much; records that say more are not followed.</summary>
    private const long MediaBytes = 1 << 28;

    /// <summary>Times that a box is asked again that says it is busy.</summary>
    private const int Patience = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The build that looks.</summary>
    public string Engine => source.Engine.ToString();

    /// <param name="work">Of this source.</param>
    /// <param name="seed">Says which pictures are looked at: see <see cref="Challenge"/>.</param>
    /// <param name="frames">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="CommandStoppedException">The box does not answer.</exception>
    public async Task<Judgement> JudgeAsync(ShownWork work, byte[] seed, int frames, CancellationToken cancellationToken)
    {
        if (work.Record is not { } record)
        {
            return new("work", VerdictOutcome.Refuted, "Proof", work.Fault!);
        }

        WorkMeasurement done = record.Work;
        if (done.SourceFingerprint != source.Bytes.Fingerprint)
        {
            return new("work", VerdictOutcome.CannotTell, "", "It is of another source than the one at hand.");
        }

        if (ordered.Find(done.RecipeId) is not { } rendition)
        {
            // It may be an honest box's with other tuning; but who cannot say what it is does not sign for it.
            return new("work", VerdictOutcome.CannotTell, "", $"This build makes nothing that was ordered by the recipe {done.RecipeId}.", IsDelivered: false);
        }

        string what = string.Create(CultureInfo.InvariantCulture, $"{rendition.Name} segment {done.Index}");
        if (!ordered.Has(rendition))
        {
            return new(what, VerdictOutcome.Rejected, "Order", "That was not ordered.");
        }

        if (done.Index >= rendition.Recipe.SegmentCount(source.Description.Grid))
        {
            return new(what, VerdictOutcome.Refuted, "Index", "The source has no such segment.");
        }

        if (!playlists.TryGetValue(rendition.Name, out string? playlist) || done.BytesOut > MediaBytes)
        {
            return new(what, VerdictOutcome.CannotTell, "", "The box does not offer it any more.", IsDelivered: false);
        }

        string folder = playlist[..(playlist.LastIndexOf('/') + 1)];
        string segment = string.Create(CultureInfo.InvariantCulture, $"{folder}{done.Index}{(rendition.Recipe is TextRecipe ? ".vtt" : ".m4s")}");
        BoxAnswer media = await FetchAsync(segment, done.BytesOut, cancellationToken);
        if (media.Body is null)
        {
            return new(what, VerdictOutcome.CannotTell, "", $"The box does not give it: {media.Refusal}", IsDelivered: false);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(media.Body)) != done.OutputSha256 && rendition.Recipe is VideoRecipe { EncoderDevice: not null })
        {
            return new(what, VerdictOutcome.CannotTell, "", "The box gives other bytes than it committed to: a device makes others each time, and the first are not kept any more.", IsDelivered: false);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(media.Body)) != done.OutputSha256)
        {
            return new(what, VerdictOutcome.Refuted, nameof(VerificationCheck.Commitment), "The box gives other bytes than it committed to.");
        }

        try
        {
            return rendition.Recipe is VideoRecipe recipe
                ? await ByVerifierAsync(what, new(source.Description, recipe, done.Index, done.Engine, done.OutputSha256), folder, media.Body, seed, frames, cancellationToken)
                : await ByBytesAsync(what, rendition.Recipe, done, cancellationToken);
        }
        catch (TranscodeException exception)
        {
            // Whether it is the rendition's fault that a worker was lost over it, nobody knows; nobody pays for it either.
            return new(what, VerdictOutcome.CannotTell, "", exception.Message, IsDelivered: false);
        }
    }

    private async Task<Judgement> ByVerifierAsync(
        string what, RenditionClaim claim, string folder, byte[] media, byte[] seed, int frames, CancellationToken cancellationToken)
    {
        BoxAnswer init = await FetchAsync($"{folder}init.mp4", InitBytes, cancellationToken);
        if (init.Body is null)
        {
            return new(what, VerdictOutcome.CannotTell, "", $"The box does not give its initialization segment: {init.Refusal}", IsDelivered: false);
        }

        int[] drawn = Challenge.Draw(seed, source.Description.Grid.FramesIn(claim.Index), frames);
        byte[] json = await RunAsync(
            new VerificationOrder(claim, source.Bytes.Length, init.Body.Length, drawn), new ClaimedBytes(source.Bytes, init.Body, media), cancellationToken);
        Verdict verdict = JsonSerializer.Deserialize(json, VerificationJson.Default.Verdict)!;
        return new(
            what,
            verdict.Kind switch
            {
                VerdictKind.Accepted => VerdictOutcome.Accepted,
                VerdictKind.Rejected => verdict.Check is VerificationCheck.Commitment or VerificationCheck.Bytes ? VerdictOutcome.Refuted : VerdictOutcome.Rejected,
                _ => VerdictOutcome.CannotTell,
            },
            verdict.Check?.ToString() ?? "",
            verdict.Reason,
            verdict.Frames.Count);
    }

    /// <summary>Sound, and whatever else has no pictures to be drawn of.</summary>
    private async Task<Judgement> ByBytesAsync(string what, Recipe recipe, WorkMeasurement done, CancellationToken cancellationToken)
    {
        if (done.Engine != source.Engine.ToString())
        {
            return new(what, VerdictOutcome.CannotTell, "", $"It was made by {done.Engine}, and without pictures only what this engine makes can be compared.");
        }

        byte[] own = await RunAsync(new SegmentOrder(source.Description, recipe, done.Index), source.BytesFor(recipe), cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(own)) == done.OutputSha256
            ? new(what, VerdictOutcome.Accepted, nameof(VerificationCheck.Bytes), "The same bytes come out here.")
            : new(what, VerdictOutcome.Refuted, nameof(VerificationCheck.Bytes), "This engine makes other bytes of it.");
    }

    private async Task<byte[]> RunAsync(WorkOrder order, IByteSource bytes, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await transcoder.Start(
            order,
            bytes,
            WorkPriority.Background,
            chunk =>
            {
                output.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken).Completion;
        return output.ToArray();
    }

    /// <summary>A box that is busy is asked again.</summary>
    private async Task<BoxAnswer> FetchAsync(string path, long most, CancellationToken cancellationToken)
    {
        for (int tried = 1; ; tried++)
        {
            BoxAnswer answer = await box.TryGetAsync(path, most, cancellationToken);
            if (answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || tried == Patience)
            {
                return answer;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
