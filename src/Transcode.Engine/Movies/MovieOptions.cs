using Transcode.Engine.Media;

namespace Transcode.Engine.Movies;

/// <summary>What a movie file holds.</summary>
/// <param name="Width">In pixels, even.</param>
/// <param name="Height">In pixels, even.</param>
/// <param name="FrameRate">Constant.</param>
/// <param name="KeyFrames">Frames from one IDR to the next, at most; the encoder also puts one where the scene changes.</param>
/// <param name="FrameCount">How many pictures will come: room for the index is kept at the front of the file.</param>
/// <param name="SampleRate">Of the sound, in hertz; 0 where there is none.</param>
public sealed record MovieOptions(int Width, int Height, Rational FrameRate, int KeyFrames, int FrameCount, int SampleRate);
