namespace Transcode.Engine.Interop.LibAv;

/// <summary>A libav call failed.</summary>
/// <param name="code">The AVERROR code.</param>
/// <param name="operation">The native function.</param>
internal sealed class AvException(int code, string operation)
    : Exception($"{operation}: {AvError.Describe(code)}")
{
    public int Code { get; } = code;

    public string Operation { get; } = operation;
}
