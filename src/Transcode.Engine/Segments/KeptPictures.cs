using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments;

/// <summary>The first pictures of a running decode, kept for rungs that come to it a little late. They are references: what
/// they cost is that the decoder cannot use their memory again.</summary>
internal sealed class KeptPictures : IDisposable
{
    /// <summary>A third of a second of film.</summary>
    public const int MaxPictures = 8;

    /// <summary>All together: eight of 1920×1088, or two of four times the size. 25 MB at 8 bits and 4:2:0.</summary>
    private const long MaxPixels = MaxPictures * 1920L * 1088;

    private readonly List<AvFrame> pictures = [];
    private long pixels;

    public IReadOnlyList<AvFrame> Pictures => pictures;

    /// <returns>False where there is no room; nothing is kept then.</returns>
    public bool TryKeep(AvFrame picture)
    {
        long size = (long)picture.Width * picture.Height;
        if (pictures.Count == MaxPictures || pixels + size > MaxPixels)
        {
            return false;
        }

        var kept = new AvFrame();
        pictures.Add(kept);
        kept.Reference(picture);
        pixels += size;
        return true;
    }

    public void Dispose()
    {
        pictures.ForEach(picture => picture.Dispose());
        pictures.Clear();
    }
}
