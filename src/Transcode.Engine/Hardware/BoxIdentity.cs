using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Transcode.Engine.Hardware;

/// <summary>What a box is, as far as what its paths can do depends on it. Nothing in it names an owner, an address or a serial number.</summary>
/// <param name="Architecture"><c>x86-64</c>, <c>aarch64</c> or what the runtime calls it.</param>
/// <param name="Processor">As the kernel names it; of boards without a name, the kinds of cores.</param>
/// <param name="Cores">That this process may use.</param>
/// <param name="CoreKinds">Of ARM cores, as <c>cortex-a53</c>, each kind once; else empty.</param>
/// <param name="MemoryMebibytes">That the kernel has to give.</param>
/// <param name="Kernel">Its release.</param>
/// <param name="Compatible">Of the device tree, the most particular first; empty on PCs.</param>
/// <param name="Graphics">Display devices, in the bus's order.</param>
/// <param name="VideoNodes">V4L2 devices.</param>
/// <param name="NvidiaDriver">Its version; null where it is not loaded.</param>
/// <param name="Libraries">Versions of libav, and of the engine.</param>
public sealed record BoxIdentity(
    string Architecture,
    string Processor,
    int Cores,
    IReadOnlyList<string> CoreKinds,
    long MemoryMebibytes,
    string Kernel,
    IReadOnlyList<string> Compatible,
    IReadOnlyList<GraphicsDevice> Graphics,
    IReadOnlyList<VideoNode> VideoNodes,
    string? NvidiaDriver,
    string Libraries)
{
    /// <summary>Lower-case hexadecimal SHA-256 of all of it: another device, driver, kernel or library makes another.</summary>
    [JsonIgnore]
    public string Key => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, HardwareJson.Default.BoxIdentity)));
}
