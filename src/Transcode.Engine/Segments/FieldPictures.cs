using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Segments;

/// <summary>Makes a whole picture of every field, so that interlaced pictures are shown at twice their rate: the second
/// field halfway to the next picture. Pictures that the source marks as whole pass unchanged, each once, and pulled-down
/// film is left as it is.</summary>
/// <remarks>A field's picture is made from the pictures before and after its own, and from nothing further away. The
/// decoder was started early enough for the one before, so it is the same picture wherever decoding began. Where the shape of
/// pictures changes, the film ends and begins anew.</remarks>
internal sealed class FieldPictures : IPictureStream
{
    private readonly DecodedPictures decoded;
    private Held before = new();
    private Held current = new();
    private Held after = new();

    /// <summary>Of another shape than <see cref="current"/>: it comes when all before it is made.</summary>
    private Held coming = new();
    private PictureDeinterlacer? weaver;
    private bool secondIsDue;

    /// <param name="decoded">Started one picture early; owned from now on.</param>
    /// <param name="deinterlacer">By name and number of the arithmetic.</param>
    /// <exception cref="NotSupportedException">None has this name.</exception>
    public FieldPictures(DecodedPictures decoded, string deinterlacer)
    {
        if (deinterlacer != VideoTrack.FieldWeaver)
        {
            decoded.Dispose();
            throw new NotSupportedException($"No deinterlacer {deinterlacer} is known.");
        }

        this.decoded = decoded;
        Clock = decoded.Clock.InHalfTicks;
    }

    public StreamClock Clock { get; }

    public long DecodedPixels => decoded.DecodedPixels;

    public bool IsDamaged => decoded.IsDamaged;

    public bool TryNext(AvFrame into, out long ticks)
    {
        if (secondIsDue)
        {
            secondIsDue = false;
            Weave(second: true, into);
            ticks = current.Ticks + NextTicks;
            return true;
        }

        if (!TryAdvance())
        {
            ticks = 0;
            return false;
        }

        if (IsWhole)
        {
            into.Reference(current.Picture);
        }
        else
        {
            Weave(second: false, into);
            secondIsDue = true;
        }

        ticks = 2 * current.Ticks;
        return true;
    }

    public void Dispose()
    {
        weaver?.Dispose();
        foreach (Held held in new[] { before, current, after, coming })
        {
            held.Picture.Dispose();
        }

        decoded.Dispose();
    }

    /// <summary>When the next picture is shown, be it of another shape; after the last, what its distance to the one before says.</summary>
    private long NextTicks => after.IsThere ? after.Ticks : coming.IsThere ? coming.Ticks : before.IsThere ? (2 * current.Ticks) - before.Ticks : current.Ticks;

    /// <summary>Not fields, or beside a whole picture that is shown for longer: film that was pulled down.</summary>
    private bool IsWhole => !current.Picture.IsInterlaced || IsPulledDown(before) || IsPulledDown(after);

    private static bool IsPulledDown(Held held) => held.IsThere && !held.Picture.IsInterlaced && held.Picture.IsRepeated;

    private void Weave(bool second, AvFrame into)
    {
        weaver ??= new(current.Picture, PlaneScaler.Widest);
        weaver.Deinterlace(
            before.IsThere ? before.Picture : null, current.Picture, after.IsThere ? after.Picture : null, current.Picture.IsTopFirst, second, into);
    }

    /// <summary>One picture on.</summary>
    private bool TryAdvance()
    {
        (before, current, after) = (current, after, before);
        after.Clear();
        if (!current.IsThere)
        {
            // The first of all, or of its shape: there is none before it.
            before.Clear();
            weaver?.Dispose();
            weaver = null;
            (current, coming) = (coming, current);
            if (!current.IsThere && !TryDecode(current))
            {
                return false;
            }
        }

        if (!coming.IsThere && TryDecode(after) && ShapeOf(after.Picture) != ShapeOf(current.Picture))
        {
            (coming, after) = (after, coming);
        }

        return true;
    }

    private bool TryDecode(Held held)
    {
        do
        {
            if (!decoded.TryNext(held.Picture, out long ticks))
            {
                held.Clear();
                return false;
            }

            held.Ticks = ticks;
        }
        while (held.Ticks < decoded.WantedTicks);

        held.IsThere = true;
        return true;
    }

    private static (int Width, int Height, int Format, int Range, int Matrix) ShapeOf(AvFrame picture) =>
        (picture.Width, picture.Height, picture.Format, picture.ColorRange, picture.ColorSpace);

    /// <summary>A decoded picture, if there is one.</summary>
    private sealed class Held
    {
        public AvFrame Picture { get; } = new();

        public bool IsThere { get; set; }

        /// <summary>When it is shown, on the decoder's clock.</summary>
        public long Ticks { get; set; }

        public void Clear()
        {
            Picture.Clear();
            IsThere = false;
        }
    }
}
