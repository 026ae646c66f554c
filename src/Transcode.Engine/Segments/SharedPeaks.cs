using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>What becomes white in the pictures of one decode, for those of its rungs whose recipes have it looked for. Where the look fails,
/// these end with its failure, at the same picture whoever asked for them when; the others are not concerned. Nothing is put in its place:
/// what may have failed for want of memory must not be in anybody's bytes. For the decoding thread.</summary>
/// <param name="source">What is decoded.</param>
internal sealed class SharedPeaks(VideoTrack source) : IDisposable
{
    private readonly List<Rung> followers = [];
    private ShotPeaks? peaks;
    private Exception? fault;

    /// <summary>A rung comes. If it is the first to want this, the pictures that went by are looked at.</summary>
    /// <param name="rung">Ended where its rule is not known, or the look has failed.</param>
    /// <param name="before">What went by, from the segment's first picture on.</param>
    public void Join(Rung rung, IReadOnlyList<AvFrame> before)
    {
        try
        {
            if (!ShotPeaks.AreWanted(rung.Recipe.ToneMap))
            {
                return;
            }
        }
        catch (NotSupportedException exception)
        {
            rung.EndOfPictures(Failures.Of(exception, FailureStage.Filter));
            return;
        }

        followers.Add(rung);
        if (peaks is null)
        {
            peaks = new(source);
            for (int number = 0; number < before.Count && fault is null; number++)
            {
                Look(before[number]);
            }
        }

        // What it had of pictures before would be that of a rung that was there in time; but it ends in the same failure.
        if (fault is not null)
        {
            rung.EndOfPictures(fault);
        }
    }

    /// <summary>Looks at the next picture, if anybody wants that.</summary>
    /// <param name="picture">Stays the caller's.</param>
    public void Add(AvFrame picture)
    {
        if (peaks is not null && fault is null)
        {
            Look(picture);
        }
    }

    /// <summary>What becomes white in a picture, in cd/m²; null where nobody looked.</summary>
    /// <param name="number">In the segment.</param>
    public int? At(int number) => number < peaks?.Known.Count ? peaks.Known[number] : null;

    public void Dispose() => peaks?.Dispose();

    private void Look(AvFrame picture)
    {
        try
        {
            peaks!.Add(picture);
        }
        catch (Exception exception)
        {
            fault = Failures.Of(exception, FailureStage.Filter);
            followers.ForEach(rung => rung.EndOfPictures(fault));
        }
    }
}
