using Appliance.Cmcd;
using Appliance.Problems;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Admission;

/// <summary>What a box that cannot do everything does, by what it measured of itself: it tells players which rendition it
/// can keep up with, and when they ask for more than comes in time, it sheds the higher rungs. The lowest is never shed.</summary>
internal sealed class AdmissionRule(Capacity capacity, Players players, Refusals refusals, Strain strain)
{
    /// <summary>Kept free for the next player, and for what estimates miss.</summary>
    private const double UsedShare = 0.9;

    /// <summary>How long a client waits that says nothing of itself: most give a segment this long before they try again.</summary>
    private static readonly TimeSpan SilentPatience = TimeSpan.FromSeconds(10);

    /// <summary>Who starts or seeks sees nothing until it comes; beyond this, a smaller picture now is the better answer.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>What to tell a player that asks for pictures.</summary>
    /// <param name="ladder">What it can choose from.</param>
    /// <param name="recipe">What it asks for.</param>
    public ServerData Advise(Ladder ladder, VideoRecipe recipe)
    {
        double share = capacity.Slots * UsedShare / Math.Max(1, players.Count);
        Rendition[] rungs = Rungs(ladder, recipe);
        if (rungs.FirstOrDefault(rung => rung.Recipe == recipe) is not { } asked || capacity.WorkPerSecond(recipe) is not { } work)
        {
            return ServerData.Nothing;
        }

        Rendition held = rungs.FirstOrDefault(rung => capacity.WorkPerSecond((VideoRecipe)rung.Recipe) <= share) ?? rungs[^1];

        // The source's own video costs nothing to make: who can receive it is best served with it.
        int own = ladder.Video.Where(rung => rung.Recipe is CopyRecipe copy && copy.EncoderAlike == recipe.OwnEncoder)
            .Select(rung => rung.PeakBitsPerSecond).DefaultIfEmpty().Max();

        // As the master playlist counts it: the picture with the largest sound and subtitles that go with it.
        int beside = ladder.Audio.Select(sound => sound.PeakBitsPerSecond).DefaultIfEmpty().Max() + ladder.TextPeakBitsPerSecond;
        return new(
            Kbps((double)Math.Max(held.PeakBitsPerSecond, own) + beside),
            Kbps(asked.AverageBitsPerSecond * share / work),
            Duress: work > share);
    }

    /// <summary>Lets an order be made, or not. Where a worker is free it is always made, and so is the lowest rung, and what a player
    /// asks for again although it was refused.</summary>
    /// <param name="ladder">What the player can choose from instead.</param>
    /// <param name="order">What it asks for.</param>
    /// <param name="client">How long it can wait.</param>
    /// <param name="player">Its session, or where it speaks from.</param>
    /// <param name="ahead">What comes before it.</param>
    /// <exception cref="RequestRefusedException">429: it would come too late, and a lower rung may not. hls.js asks for a lower one at
    /// once where it is told 429 (RFC 6585, 4); told 503, it asks for the same for half a minute.</exception>
    public void Admit(Ladder ladder, SegmentOrder order, ClientData client, string player, Backlog ahead)
    {
        if (order.Recipe is not VideoRecipe recipe
            || ahead.Orders < capacity.Slots
            || Rungs(ladder, recipe)[^1].Recipe == recipe
            || capacity.Estimate(order) is not { } making)
        {
            return;
        }

        // Whole: most players show nothing of a segment before they have all of it.
        TimeSpan late = (ahead.Work / capacity.Slots) + making;
        if (late <= PatienceOf(client))
        {
            return;
        }

        strain.Note();
        if (refusals.MayRefuse(player, recipe, order.Index))
        {
            TimeSpan retry = late < LongestRetry ? late : LongestRetry;
            throw new RequestRefusedException(
                StatusCodes.Status429TooManyRequests,
                "The box is busy, and this rendition would come too late: a lower one may come in time.",
                retryAfterSeconds: Math.Max(1, (int)Math.Ceiling(retry.TotalSeconds)))
            {
                Code = ProblemCode.Busy,
            };
        }
    }

    /// <summary>Learns that a player was kept waiting for pictures. What was on its way before it asked, as what is read ahead for all of them, is never refused, and comes too late as well where
    /// too many play.</summary>
    /// <param name="client">How long it could wait. Who starts or seeks sees only that it takes a while, and who holds nothing is as one who starts; one whose picture stood still is not.</param>
    /// <param name="held">Until the first of it was there.</param>
    public void Note(ClientData client, TimeSpan held)
    {
        if (client is not { Startup: true, Starved: false } && held > StartPatience && held > PatienceOf(client))
        {
            strain.Note();
        }
    }

    private static TimeSpan PatienceOf(ClientData client) =>
        client is { Startup: true, Starved: false } ? StartPatience : client.Patience ?? SilentPatience;

    /// <summary>The rungs of one encoder with the same subtitles over them, the largest first: a player changes between these.</summary>
    private static Rendition[] Rungs(Ladder ladder, VideoRecipe recipe) =>
        [.. ladder.Video.Concat(ladder.Beside)
            .Where(rung => rung.Recipe is VideoRecipe video && video.OwnEncoder == recipe.OwnEncoder && video.BurnIn == recipe.BurnIn)
            .OrderByDescending(rung => rung.PeakBitsPerSecond)];

    private static int Kbps(double bitsPerSecond) => (int)Math.Min(int.MaxValue, Math.Ceiling(bitsPerSecond / 1000));
}
