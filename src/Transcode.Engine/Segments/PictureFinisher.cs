using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Stages;

namespace Transcode.Engine.Segments;

/// <summary>The last steps of a rung's pictures before they are encoded: they are tuned where the recipe says so, and subtitles are
/// laid over them, which stay as sharp as they are. In order; on one thread.</summary>
internal sealed class PictureFinisher : IDisposable
{
    private readonly SubtitlePainter painter;
    private readonly PictureTuner? tuner;
    private readonly Action<AvFrame> onReady;

    /// <summary>Of those that the tuner holds.</summary>
    private readonly Queue<AvSubtitleImage?> subtitles = [];

    /// <param name="source">The picture of the source.</param>
    /// <param name="recipe">Of the rung.</param>
    /// <param name="device">That pictures may be tuned on.</param>
    /// <param name="onReady">Receives each picture, which is its own during the call only.</param>
    public PictureFinisher(VideoTrack source, VideoRecipe recipe, PictureDevice device, Action<AvFrame> onReady)
    {
        this.onReady = onReady;
        painter = new(source, recipe);
        tuner = recipe.Tuning is null ? null : new(recipe, device, Paint);
    }

    /// <summary>Takes the next picture, which is its own from now on.</summary>
    public void Take(ShapedPicture shaped)
    {
        subtitles.Enqueue(shaped.Subtitle);
        if (tuner is not null)
        {
            tuner.Take(shaped.Picture);
            return;
        }

        using AvFrame picture = shaped.Picture;
        Paint(picture);
    }

    /// <summary>Once, after the last picture.</summary>
    public void Finish() => tuner?.Finish();

    public void Dispose()
    {
        tuner?.Dispose();
        painter.Dispose();
    }

    private void Paint(AvFrame picture)
    {
        if (subtitles.Dequeue() is { } subtitle)
        {
            painter.Paint(picture, subtitle);
        }

        onReady(picture);
    }
}
