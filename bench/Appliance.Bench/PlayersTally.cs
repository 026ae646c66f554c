namespace Appliance.Bench;

/// <summary>What players saw since it was last asked.</summary>
internal sealed class PlayersTally
{
    private const int MostTold = 5;

    private readonly Lock gate = new();
    private Sum sum = new();

    /// <param name="microseconds">From the request to the last byte.</param>
    /// <param name="bytes">Of the body.</param>
    public void Answered(int microseconds, int bytes)
    {
        lock (gate)
        {
            sum.Microseconds.Add(microseconds);
            sum.Bytes += bytes;
        }
    }

    public void Failed(string what)
    {
        lock (gate)
        {
            sum.Errors++;
            if (sum.Told.Count < MostTold)
            {
                sum.Told.Add(what);
            }
        }
    }

    public void Stalled()
    {
        lock (gate)
        {
            sum.Stalls++;
        }
    }

    public void Sought()
    {
        lock (gate)
        {
            sum.Seeks++;
        }
    }

    public void Came()
    {
        lock (gate)
        {
            sum.Came++;
        }
    }

    /// <summary>All until now, from nothing on again.</summary>
    public Sum Take()
    {
        lock (gate)
        {
            Sum taken = sum;
            sum = new();
            return taken;
        }
    }

    /// <summary>Sums.</summary>
    internal sealed class Sum
    {
        public List<int> Microseconds { get; } = [];

        public List<string> Told { get; } = [];

        public long Bytes { get; set; }

        public long Errors { get; set; }

        public long Stalls { get; set; }

        public long Seeks { get; set; }

        public long Came { get; set; }
    }
}
