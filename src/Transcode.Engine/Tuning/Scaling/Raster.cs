namespace Transcode.Engine.Tuning.Scaling;

/// <summary>Where the samples of a plane lie along one axis of its picture.</summary>
/// <param name="Size">Samples, at least 1.</param>
/// <param name="Step">Pixels from one to the next: 1, or 2 where colour is subsampled.</param>
/// <param name="First">Of the first, in pixels from the picture's edge: 0.5 is the middle of the first pixel, 1 lies between
/// the first two.</param>
internal readonly record struct Raster(int Size, int Step, double First)
{
    /// <summary>A sample a pixel.</summary>
    public static Raster Full(int pixels) => new(pixels, 1, 0.5);
}
