namespace Appliance.Playback;

/// <summary>Where the last answers with media came from: how much the cache is worth.</summary>
internal sealed class OriginShares
{
    /// <summary>Answers that are looked back on: some minutes of a household.</summary>
    public const int Remembered = 1000;

    private readonly Lock gate = new();
    private readonly bool[] hits = new bool[Remembered];
    private int next;
    private int hit;

    /// <summary>How many there were, and how many of them were on the disk already.</summary>
    public (int Answers, int Hits) Now
    {
        get
        {
            lock (gate)
            {
                return (Math.Min(next, Remembered), hit);
            }
        }
    }

    public void Note(string origin)
    {
        bool isHit = origin == StoredReader.FromDisk;
        lock (gate)
        {
            int at = next % Remembered;
            hit += (isHit ? 1 : 0) - (hits[at] ? 1 : 0);
            hits[at] = isHit;
            next = next == (2 * Remembered) - 1 ? Remembered : next + 1;
        }
    }
}
