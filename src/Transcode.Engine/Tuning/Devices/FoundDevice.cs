namespace Transcode.Engine.Tuning.Devices;

/// <summary>A device of this machine.</summary>
/// <param name="Id">Its cl_device_id, which lives as long as the process.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Refusal">Why it is not used; null where it is.</param>
internal sealed record FoundDevice(nint Id, DeviceDescription Description, string? Refusal);
