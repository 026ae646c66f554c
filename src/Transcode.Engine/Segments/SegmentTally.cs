namespace Transcode.Engine.Segments;

/// <summary>What making a segment took and gave.</summary>
internal record struct SegmentTally(string Encoder, int Frames, long PixelsIn, long PixelsOut);
