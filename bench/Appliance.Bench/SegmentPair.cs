namespace Appliance.Bench;

/// <summary>One segment made by both, one straight after the other.</summary>
/// <param name="Index">Which.</param>
/// <param name="Box">By the appliance, over HTTP.</param>
/// <param name="WorkerCpu">Processor time of the worker alone, by its own report.</param>
/// <param name="BytesIn">Source bytes that the worker asked for.</param>
/// <param name="Ffmpeg">By the ffmpeg program.</param>
internal sealed record SegmentPair(int Index, BoxRun Box, TimeSpan WorkerCpu, long BytesIn, ToolRun Ffmpeg);
