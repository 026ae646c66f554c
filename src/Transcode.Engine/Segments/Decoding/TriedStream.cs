namespace Transcode.Engine.Segments.Decoding;

/// <summary>What a worker has found of a stream that a device may be for.</summary>
internal sealed class TriedStream
{
    /// <summary>A stream of which so many runs, each from another place, were given up for what the film is there, and none was a device's, is taken to be so throughout.</summary>
    private const int EnoughPlaces = 3;

    /// <summary>Places remembered; the next begins anew with all.</summary>
    private const int MostPlaces = 64;

    /// <summary>Why, by where a run began.</summary>
    private readonly Dictionary<long, string> givenUp = [];
    private bool wasADevices;
    private string last = "";

    /// <summary>Whether both decoded how a run begins, and the same.</summary>
    public bool IsRight { get; set; }

    /// <summary>Why a run is software's without being tried; null where it is tried.</summary>
    /// <param name="place">Where it begins, by the stream's clock; null for the film's beginning.</param>
    public string? WhyNot(long? place) =>
        givenUp.TryGetValue(Key(place), out string? why) ? why
        : givenUp.Count >= EnoughPlaces && !wasADevices ? last
        : null;

    /// <summary>A run was given up for what the film is.</summary>
    /// <param name="place">Where it began, by the stream's clock; null for the film's beginning.</param>
    /// <param name="why">As <see cref="GivenUp.Why"/>.</param>
    public void GiveUp(long? place, string why)
    {
        if (givenUp.Count == MostPlaces)
        {
            givenUp.Clear();
        }

        givenUp[Key(place)] = last = why;
    }

    /// <summary>Pictures of a run were a device's, to where it ended.</summary>
    public void Succeed() => wasADevices = true;

    private static long Key(long? place) => place ?? long.MinValue;
}
