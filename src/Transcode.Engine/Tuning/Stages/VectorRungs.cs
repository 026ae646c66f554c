using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>Scales on the processor, by its vectors, while a picture is finished.</summary>
internal sealed class VectorRungs : ProcessorStage
{
    private readonly RungsOrder order;
    private readonly Planes? source;
    private readonly Rung[] rungs;

    public VectorRungs(RungsOrder order, LaneWidth lanes)
    {
        this.order = order;
        source = order.Source.IsPaired ? new(order.Source, order.Width, order.Height, lanes, toPaired: false) : null;
        rungs = [.. Enumerable.Range(0, order.Rungs.Count).Select(i => new Rung(order, i, lanes))];
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (Rung rung in rungs)
        {
            rung.Dispose();
        }
    }

    protected override void Make(AvFrame picture, IReadOnlyList<AvFrame> outputs)
    {
        var view = new PictureView(picture, order.Source);
        source?.Convert(view, source.View);
        for (int i = 0; i < rungs.Length; i++)
        {
            rungs[i].Scale(source is null ? view : source.View, picture, outputs[i]);
        }
    }

    /// <summary>A picture in planes, beside one in pairs.</summary>
    private sealed class Planes
    {
        private readonly LayoutConverter converter;
        private readonly PictureShape shape;
        private readonly byte[] memory;

        public Planes(PixelLayout paired, int width, int height, LaneWidth lanes, bool toPaired)
        {
            PixelLayout planar = PixelLayout.All.First(layout =>
                !layout.IsPaired && (layout.Bits, layout.ColumnStep, layout.RowStep) == (paired.Bits, paired.ColumnStep, paired.RowStep));
            converter = toPaired ? LayoutConverter.For(planar, paired, lanes) : LayoutConverter.For(paired, planar, lanes);
            shape = new(planar, width, height);
            memory = new byte[shape.Bytes];
        }

        public PictureView View => new(memory, shape);

        public void Convert(PictureView from, PictureView to) => converter.Convert(from, to);
    }

    private sealed class Rung(RungsOrder order, int index, LaneWidth lanes) : IDisposable
    {
        private readonly PixelLayout layout = order.Rungs[index].Layout;
        private readonly PlaneScaler luma = PlaneScaler.For(order.Plans(index).Luma, lanes);
        private readonly PlaneScaler chroma = PlaneScaler.For(order.Plans(index).Chroma, lanes);
        private readonly PicturePool pool = order.Rungs[index].Layout.NewPool(order.Rungs[index].Width, order.Rungs[index].Height);
        private readonly Planes? planes = order.Rungs[index].Layout.IsPaired
            ? new(order.Rungs[index].Layout, order.Rungs[index].Width, order.Rungs[index].Height, lanes, toPaired: true)
            : null;

        public void Scale(PictureView from, AvFrame like, AvFrame output)
        {
            pool.Take(output, like);
            var target = new PictureView(output, layout);
            PictureView to = planes is null ? target : planes.View;
            for (int plane = 0; plane < PixelLayout.Components; plane++)
            {
                (plane == 0 ? luma : chroma).Scale(from.Plane(plane), from.Pitch(plane), to.Plane(plane), to.Pitch(plane));
            }

            planes?.Convert(to, target);
        }

        public void Dispose() => pool.Dispose();
    }
}
