namespace Transcode.Engine.Segments;

/// <summary>What one report says of costs that several may share.</summary>
/// <param name="PixelsIn">Decoded pixels.</param>
/// <param name="BytesIn">Source bytes read.</param>
/// <param name="Cpu">Processor time of the whole process.</param>
internal readonly record struct CostShare(long PixelsIn, long BytesIn, TimeSpan Cpu);
