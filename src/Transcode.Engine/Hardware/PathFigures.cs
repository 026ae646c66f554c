namespace Transcode.Engine.Hardware;

/// <summary>What was measured of a path that works.</summary>
/// <param name="Width">Of the pictures, in pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Psnr">Of brightness against what went in, in dB, the worst picture's; null of a device's decoder, which is held against software's.</param>
/// <param name="FirstFrameMicroseconds">From opening it to its first output.</param>
/// <param name="FramesPerSecond">Of one session alone.</param>
/// <param name="Sessions">The most at once that each kept real time at; 0 where not even one does.</param>
/// <param name="SessionFramesPerSecond">Of all these together; of one where none keeps real time.</param>
/// <param name="Limit">What ended the raising of sessions.</param>
/// <param name="Watts">Of what could be read while the most sessions ran, over it when nothing did; null where nothing can be read.</param>
public sealed record PathFigures(
    int Width,
    int Height,
    double? Psnr,
    long FirstFrameMicroseconds,
    double FramesPerSecond,
    int Sessions,
    double SessionFramesPerSecond,
    string Limit,
    double? Watts);
