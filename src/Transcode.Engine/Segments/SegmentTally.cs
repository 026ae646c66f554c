namespace Transcode.Engine.Segments;

/// <summary>What making a segment gave, and the pixels decoded for it alone.</summary>
internal record struct SegmentTally(string Encoder, int Frames, long PixelsIn, long PixelsOut);
