namespace Transcode.Engine.Hardware;

/// <summary>A display device of the PCI bus.</summary>
/// <param name="PciId">Vendor and device, as <c>8086:46d1</c>.</param>
/// <param name="Driver">The kernel's, as <c>i915</c>; null where none has it.</param>
/// <param name="Node">What libraries open, as <c>/dev/dri/renderD128</c>; null where there is none.</param>
public sealed record GraphicsDevice(string PciId, string? Driver, string? Node);
