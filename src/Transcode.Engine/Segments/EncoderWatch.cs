using System.Globalization;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Holds an encoder whose bytes are nobody's function to what players were promised of every segment: the parameter sets they have, an IDR at its begin and wherever else
/// decoding is said to begin, picture after picture in their turn, and no more bits than the buffer model has. The first that is otherwise is not handed on; the spare goes on
/// before it.</summary>
internal sealed class EncoderWatch
{
    private readonly VideoRecipe recipe;
    private readonly List<byte[]> sets;
    private int pictures;
    private long bytes;

    private EncoderWatch(VideoRecipe recipe, List<byte[]> sets)
    {
        this.recipe = recipe;
        this.sets = sets;
    }

    /// <param name="recipe">Whose encoder was opened.</param>
    /// <param name="header">The encoder's.</param>
    /// <returns>Null where the recipe tells no parameter sets of a device.</returns>
    /// <exception cref="TranscodeException">It has other parameter sets than the recipe tells.</exception>
    public static EncoderWatch? For(VideoRecipe recipe, ReadOnlySpan<byte> header)
    {
        if (recipe is not { IsSpare: false, ParameterSets: { Length: > 0 } told })
        {
            return null;
        }

        List<byte[]> sets = H264Sets.OfHeader(Convert.FromBase64String(told));
        List<byte[]> found = H264Sets.OfHeader(header);
        return sets.Count == found.Count && sets.TrueForAll(set => Contains(found, set))
            ? new(recipe, sets)
            : throw Broken("Its parameter sets are not those that players were told.");
    }

    /// <summary>Looks at the next coded picture, which is not yet handed on.</summary>
    /// <param name="sample">Length-prefixed.</param>
    /// <param name="isKey">As libav says.</param>
    /// <param name="number">Which picture of the segment it shows, as libav says.</param>
    /// <returns>It without parameter sets inside, which a track of this kind has beside it only.</returns>
    public byte[] Look(byte[] sample, bool isKey, long? number)
    {
        if (number != pictures)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"Picture {number} came in the turn of picture {pictures}."));
        }

        List<byte[]> units = H264Sets.UnitsOf(sample);
        if (units.Exists(unit => H264Sets.TypeOf(unit) is H264Sets.Sequence or H264Sets.Picture && !Contains(sets, unit)))
        {
            throw Broken("It changed its parameter sets inside a segment.");
        }

        bool begins = units.Exists(unit => H264Sets.TypeOf(unit) == H264Sets.InstantRefresh);
        bool goesOn = units.Exists(unit => H264Sets.TypeOf(unit) == H264Sets.Slice);
        if ((pictures == 0 && !begins) || goesOn == begins || isKey != begins)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"Picture {pictures} is {(begins ? "an" : "no")} IDR, and is said or wanted to be otherwise."));
        }

        pictures++;
        units.RemoveAll(unit => H264Sets.TypeOf(unit) is H264Sets.Sequence or H264Sets.Picture);
        return H264Sets.Join(units);
    }

    /// <summary>Looks at the next chunk, which is not yet handed on.</summary>
    /// <param name="chunkBytes">Its own.</param>
    /// <param name="frames">Pictures of the segment with it.</param>
    public void Admit(int chunkBytes, int frames)
    {
        bytes += chunkBytes;
        double most = Promise.VideoSegmentBits(recipe, frames);
        if (bytes * 8 > most)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"{frames} pictures take {bytes * 8 / 1000} kbit where at most {most / 1000:F0} were promised."));
        }
    }

    private static bool Contains(List<byte[]> sets, byte[] unit) => sets.Exists(set => set.AsSpan().SequenceEqual(unit));

    private static TranscodeException Broken(string how) => new(FailureStage.Encode, FailureCause.Internal, $"The encoder does not keep what was promised. {how}");
}
