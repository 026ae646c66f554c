using Transcode.Engine.Hardware;

namespace Appliance.Hardware;

/// <summary>What is kept of trying this box's paths.</summary>
/// <param name="Key">Of the box it was found on: device, driver, kernel and library. On another it says nothing.</param>
/// <param name="Width">Of the pictures.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Results">Path by path.</param>
/// <param name="Attempting">What was being tried when this was written; found by a start, the whole box went down with it.</param>
internal sealed record StoredHardware(string Key, int Width, int Height, IReadOnlyList<PathResult> Results, CodingPath? Attempting);
