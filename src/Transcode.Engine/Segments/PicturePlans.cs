using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Lookahead;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;

namespace Transcode.Engine.Segments;

/// <summary>How the pictures of a segment are to be coded, found by one lookahead for all rungs whose recipes name it: upright, at
/// its own size, in the range of brightness that the source has.</summary>
internal sealed class PicturePlans : IDisposable
{
    private readonly Lookahead lookahead;
    private readonly PictureShaper shaper;
    private readonly AvFrame shaped = new();
    private readonly List<PicturePlan> plans = [];

    /// <param name="source">As probed; it has video.</param>
    /// <param name="recipe">Of a rung with a lookahead; that of others with the same one gives the same plans.</param>
    /// <param name="count">Pictures of the segment.</param>
    public PicturePlans(SourceDescription source, VideoRecipe recipe, int count)
    {
        VideoTrack video = source.Video!;
        LookaheadOptions options = LookaheadOptions.Named(recipe.Lookahead!);
        (int columns, int rows) = options.Blocks(video.Width, video.Height);
        lookahead = new(columns, rows, count, options);
        shaper = new(
            video.RotationDegrees, columns * BlockKernels.Side, rows * BlockKernels.Side, VideoRecipe.EightBits,
            ColorConversion.For(video, recipe)?.Matrix ?? recipe.Matrix, fullRange: false, conversion: null, ScaleFilter.Named(recipe.Scaler), PictureDevice.None);
    }

    /// <summary>Those that are known so far, from the first picture on.</summary>
    public IReadOnlyList<PicturePlan> Known => plans;

    /// <summary>Takes the next picture.</summary>
    /// <param name="picture">Stays the caller's.</param>
    public void Add(AvFrame picture)
    {
        shaper.Shape(picture, shaped);
        AnalysisPlane plane = lookahead.Plane();
        ReadOnlySpan<byte> rows = shaped.Plane(0, plane.Height);
        for (int y = 0; y < plane.Height; y++)
        {
            rows.Slice(y * shaped.Stride(0), plane.Width).CopyTo(plane.Row(y));
        }

        shaped.Clear();
        lookahead.Add(plane);
        while (lookahead.Next() is { } plan)
        {
            plans.Add(plan);
        }
    }

    public void Dispose()
    {
        shaper.Dispose();
        shaped.Dispose();
    }
}
