namespace Appliance.Bench;

/// <summary>What a program that ran to its end took.</summary>
/// <param name="FirstByte">From before its start to the first byte of its output.</param>
/// <param name="Whole">From before its start to its end.</param>
/// <param name="Cpu">Its processor time, in clock ticks of the system: 10 ms fine.</param>
/// <param name="Bytes">Length of its output.</param>
internal sealed record ToolRun(TimeSpan FirstByte, TimeSpan Whole, TimeSpan Cpu, long Bytes, int ExitCode, string Errors);
