namespace Transcode.Engine.Segments.Decoding;

/// <summary>What a worker has found of a stream that a device may be for.</summary>
internal sealed class TriedStream
{
    /// <summary>Runs one after the other, each from another place, that were given up for what the film is there: then it is taken to be so throughout.</summary>
    private const int MostGivenUp = 3;

    private int givenUp;
    private (long? Place, string Why) last;

    /// <summary>Whether both decoded how a run begins, and the same.</summary>
    public bool IsRight { get; set; }

    /// <summary>Why a run is software's without being tried: it was at that place, or at enough others; null where it is tried.</summary>
    /// <param name="place">Where it begins, by the stream's clock; null for the film's beginning.</param>
    public string? WhyNot(long? place) => givenUp == MostGivenUp || (givenUp > 0 && place == last.Place) ? last.Why : null;

    /// <summary>A run was given up for what the film is.</summary>
    /// <param name="place">Where it began, by the stream's clock; null for the film's beginning.</param>
    /// <param name="why">As <see cref="GivenUp.Why"/>.</param>
    public void GiveUp(long? place, string why)
    {
        if (WhyNot(place) is null)
        {
            givenUp++;
            last = (place, why);
        }
    }

    /// <summary>A run was a device's to its end.</summary>
    public void Succeed() => givenUp = 0;
}
