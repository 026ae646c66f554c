namespace Appliance.Bench;

/// <summary>What a segment took, from the request on.</summary>
/// <param name="FirstByte">To the first byte of the body.</param>
/// <param name="Whole">To the end of the body.</param>
/// <param name="Cpu">Processor time of the appliance without its workers, 10 ms fine.</param>
/// <param name="Bytes">Length of the body.</param>
internal sealed record BoxRun(TimeSpan FirstByte, TimeSpan Whole, TimeSpan Cpu, long Bytes);
