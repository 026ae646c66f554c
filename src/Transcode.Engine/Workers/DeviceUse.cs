namespace Transcode.Engine.Workers;

/// <summary>What workers may make pictures on beside the processor's own vectors. Segments are the same to the byte.</summary>
public enum DeviceUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>OpenCL devices that are not the processor, each where it is quicker.</summary>
    Graphics,

    /// <summary>Any OpenCL device: for tests and measurements.</summary>
    Any,
}
