using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Verification;

/// <summary>Those pictures of a segment that are compared, by their numbers in it.</summary>
/// <param name="wanted">Numbers of those to be kept.</param>
internal sealed class PictureSet(IEnumerable<int> wanted) : IDisposable
{
    private readonly HashSet<int> numbers = [.. wanted];
    private readonly Dictionary<int, AvFrame> pictures = [];

    public AvFrame this[int number] => pictures[number];

    /// <summary>Keeps a further reference to a picture that is wanted.</summary>
    public void Offer(int number, AvFrame picture)
    {
        if (numbers.Contains(number) && !pictures.ContainsKey(number))
        {
            var kept = new AvFrame();
            pictures.Add(number, kept);
            kept.Reference(picture);
        }
    }

    public void Dispose()
    {
        foreach (AvFrame picture in pictures.Values)
        {
            picture.Dispose();
        }

        pictures.Clear();
    }
}
