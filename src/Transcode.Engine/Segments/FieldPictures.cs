using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Makes a whole picture of every field, so that interlaced pictures are shown at twice their rate: the second
/// field halfway to the next picture. Pictures that the source marks as whole pass unchanged, each once, and pulled-down
/// film is left as it is.</summary>
/// <remarks>A field's picture is made from the pictures before and after its own, and from nothing further away. The
/// decoder was started early enough for the one before, so it is the same picture wherever decoding began.</remarks>
internal sealed class FieldPictures : IPictureStream
{
    private readonly DecodedPictures decoded;
    private readonly FilterStep filter;
    private readonly AvFrame picture = new();
    private FilterGraph? graph;
    private (int Width, int Height, int Format, int Range, int Matrix) shape;
    private bool pictureWaits;
    private bool ended;

    /// <param name="decoded">Started one picture early; owned from now on.</param>
    /// <param name="deinterlacer">libavfilter's name of the filter, as <c>bwdif</c>.</param>
    public FieldPictures(DecodedPictures decoded, string deinterlacer)
    {
        this.decoded = decoded;
        filter = new(deinterlacer, "mode=send_field:parity=auto:deint=interlaced");
        Clock = decoded.Clock.InHalfTicks;
    }

    public StreamClock Clock { get; }

    public long DecodedPixels => decoded.DecodedPixels;

    public bool IsDamaged => decoded.IsDamaged;

    public bool TryNext(AvFrame into, out long ticks)
    {
        while (graph is null || !graph.TryReceive(into))
        {
            if (pictureWaits)
            {
                // The chain for pictures of another shape has been emptied.
                graph!.Dispose();
                graph = null;
                SendPicture();
                continue;
            }

            if (ended)
            {
                ticks = 0;
                return false;
            }

            Feed();
        }

        // The filter counts in half ticks, too.
        ticks = into.Pts ?? 0;
        return true;
    }

    public void Dispose()
    {
        graph?.Dispose();
        picture.Dispose();
        decoded.Dispose();
    }

    private void Feed()
    {
        long ticks;
        do
        {
            if (!decoded.TryNext(picture, out ticks))
            {
                ended = true;
                graph?.Send(null);
                return;
            }
        }
        while (ticks < decoded.WantedTicks);

        picture.Pts = ticks;
        if (graph is not null && shape != ShapeOf(picture))
        {
            pictureWaits = true;
            graph.Send(null);
            return;
        }

        SendPicture();
    }

    private void SendPicture()
    {
        graph ??= FilterGraph.For(picture, [filter]);
        shape = ShapeOf(picture);
        graph.Send(picture);
        pictureWaits = false;
    }

    private static (int Width, int Height, int Format, int Range, int Matrix) ShapeOf(AvFrame picture) =>
        (picture.Width, picture.Height, picture.Format, picture.ColorRange, picture.ColorSpace);
}
