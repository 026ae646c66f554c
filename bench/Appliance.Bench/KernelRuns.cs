using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Sharpening;

namespace Appliance.Bench;

/// <summary>Each kernel over all pictures, by us and by libavfilter with the same settings.</summary>
internal sealed class KernelRuns : IDisposable
{
    public static readonly string[] Names = ["temporal", "spatial", "deband", "sharpen", "analysis", "psnr", "ssim", "xpsnr"];

    private readonly List<AvFrame> pictures;
    private readonly byte[] target;
    private readonly AvFrame output = new();
    private readonly List<FilterGraph> graphs = [];

    /// <param name="pictures">Grey, of one shape; held by who made them.</param>
    /// <param name="bits">Of a sample.</param>
    public KernelRuns(List<AvFrame> pictures, int bits)
    {
        this.pictures = pictures;
        Shape = new(pictures[0].Width, pictures[0].Height, bits);
        target = new byte[Shape.RowBytes * Shape.Height];
    }

    public PlaneShape Shape { get; }

    public Action Ours(string kernel, LaneWidth width) => kernel switch
    {
        "temporal" => Temporal(TemporalDenoiser.For(Shape, new((int)(0.02f * (1 << Shape.Bits)) - 1, (int)(0.04f * (1 << Shape.Bits)) - 1), width)),
        "spatial" => Each(SpatialDenoiser.For(Shape, 50, width).Denoise),
        "deband" => Each(Debander.For(Shape, new(Shape.Largest / 50, DebandOptions.UsualReach, Dither: true), width).Deband),
        "sharpen" => Each(Sharpener.For(Shape, 30, width).Sharpen),
        "analysis" => Analysis(new(Shape, width)),
        "psnr" => Pairs((a, aPitch, b, bPitch) => PlaneError.Squared(Shape, a, aPitch, b, bPitch, width)),
        "ssim" => Similarity(new(Shape, width)),
        "xpsnr" => Weighted(new(Shape, secondOrder: false, width)),
        _ => throw new ArgumentOutOfRangeException(nameof(kernel)),
    };

    /// <summary>Null where libavfilter has nothing of the kind for such pictures that takes one and gives one.</summary>
    public Action? Theirs(string kernel) => kernel switch
    {
        "temporal" => Filter("atadenoise", "s=9:a=s"),
        "spatial" when Shape.Bits == 8 => Filter("nlmeans", "s=5:p=5:r=5"),
        "deband" => Filter("deband", "range=-16:direction=-0.785398"),
        "sharpen" => Filter("cas", "strength=0.3"),
        _ => null,
    };

    public void Dispose()
    {
        graphs.ForEach(graph => graph.Dispose());
        output.Dispose();
    }

    private delegate void PlaneKernel(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch);

    private delegate double PlanePair(ReadOnlySpan<byte> a, int aPitch, ReadOnlySpan<byte> b, int bPitch);

    private Action Each(PlaneKernel kernel) => () =>
        pictures.ForEach(picture => kernel(picture.Plane(0, Shape.Height), picture.Stride(0), target, Shape.RowBytes));

    private Action Pairs(PlanePair kernel) => () =>
    {
        for (int i = 0; i < pictures.Count; i++)
        {
            AvFrame a = pictures[i], b = pictures[(i + 1) % pictures.Count];
            kernel(a.Plane(0, Shape.Height), a.Stride(0), b.Plane(0, Shape.Height), b.Stride(0));
        }
    };

    private Action Similarity(Ssim ssim) => Pairs((a, aPitch, b, bPitch) => ssim.Of(a, aPitch, b, bPitch)!.Value);

    private Action Weighted(Xpsnr xpsnr) => Pairs((a, aPitch, b, bPitch) => xpsnr.WeightedError(new(a, aPitch), new(b, bPitch), default, new(b, bPitch)));

    private Action Analysis(PictureAnalyzer analyzer) => () =>
    {
        for (int i = 0; i < pictures.Count; i++)
        {
            AvFrame a = pictures[i], b = pictures[(i + 1) % pictures.Count];
            analyzer.Analyze(new(a.Plane(0, Shape.Height), a.Stride(0)), new(b.Plane(0, Shape.Height), b.Stride(0)));
        }
    };

    /// <summary>Every picture with four before and four after it, the last followed by the first.</summary>
    private Action Temporal(TemporalDenoiser denoiser) => () =>
    {
        int count = pictures.Count;
        var before = new PlanePointer[TemporalDenoiser.Reach];
        var after = new PlanePointer[TemporalDenoiser.Reach];
        for (int i = 0; i < count; i++)
        {
            for (int n = 0; n < TemporalDenoiser.Reach; n++)
            {
                before[n] = Pointer(pictures[(i + count - 1 - n) % count]);
                after[n] = Pointer(pictures[(i + 1 + n) % count]);
            }

            denoiser.Denoise(Pointer(pictures[i]), before, after, target, Shape.RowBytes);
        }
    };

    /// <summary>Libav's memory stays where it is.</summary>
    private PlanePointer Pointer(AvFrame picture) => PlanePointer.ToNative(picture.Plane(0, Shape.Height), picture.Stride(0));

    /// <summary>A graph that goes on from round to round: where it needs pictures that come later, it gives those of the round
    /// before.</summary>
    private Action Filter(string name, string arguments)
    {
        FilterGraph graph = FilterGraph.For(pictures[0], [new(name, arguments)]);
        graphs.Add(graph);
        return () =>
        {
            foreach (AvFrame picture in pictures)
            {
                graph.Send(picture);
                graph.TryReceive(output);
            }
        };
    }
}
