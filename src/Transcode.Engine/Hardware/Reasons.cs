using System.Runtime.InteropServices;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Hardware;

/// <summary>Says in plain words why a path failed: from what libav logged, and what is on the box. libav's own result is most often "unknown error".</summary>
internal static class Reasons
{
    private static readonly bool HasCuda = NativeLibrary.TryLoad("libcuda.so.1", out _);

    /// <summary>What is heard in libav's log, and what it means, the most particular first.</summary>
    private static readonly (string Heard, string Meaning)[] Meanings =
    [
        ("Cannot load libcuda.so.1", "No NVIDIA driver: libcuda.so.1 is not on this machine."),
        ("Cannot load libnvcuvid.so.1", !HasCuda ? "No NVIDIA driver: neither libnvcuvid.so.1 nor libcuda.so.1 is on this machine." :
            "The NVIDIA driver's decoding library libnvcuvid.so.1 is not on this machine (in a container: the capability \"video\" is missing)."),
        ("Cannot load libnvidia-encode.so.1", "The NVIDIA driver's encoding library libnvidia-encode.so.1 is not on this machine (in a container: the capability \"video\" is missing)."),
        ("Driver does not support the required nvenc API version", "The NVIDIA driver is older than this libav wants; a newer driver would do."),
        ("CUDA_ERROR_NO_DEVICE", "The NVIDIA driver is installed, and there is no NVIDIA card it could use."),
        ("No capable devices found", "The NVIDIA card has no encoder for this codec and depth."),
        ("No NVENC capable devices found", "The NVIDIA card has no encoder for this codec and depth."),
        ("OpenEncodeSessionEx failed: out of memory", "The NVIDIA driver gives no further encoding session."),
        ("No usable encoding profile found", "The device's driver encodes other codecs or depths, and not this one."),
        ("No usable encoding entrypoint found", "The device's driver decodes this codec and does not encode it."),
        ("libOMX_Core.so not found", "No OpenMAX IL: neither libOMX_Core.so nor libOmxCore.so is on this machine. Only old Raspberry Pi systems have it."),
        ("libOmxCore.so not found", "No OpenMAX IL: neither libOMX_Core.so nor libOmxCore.so is on this machine. Only old Raspberry Pi systems have it."),
        ("libamfrt64.so.1 failed to open", "No AMD AMF runtime: libamfrt64.so.1 is not on this machine."),
        ("Unable to open the libvulkan", "No Vulkan: libvulkan.so.1 is not on this machine."),
    ];

    /// <param name="path">Which failed.</param>
    /// <param name="exception">By what.</param>
    /// <param name="log">libav's, oldest first.</param>
    /// <param name="files">Of the box.</param>
    public static PathResult Of(CodingPath path, Exception exception, IReadOnlyList<string> log, BoxFiles files)
    {
        string said = log.Count > 0 ? string.Join(" / ", log.TakeLast(3)) : "";
        string? meaning = Meanings.FirstOrDefault(known => log.Any(line => line.Contains(known.Heard, StringComparison.OrdinalIgnoreCase))).Meaning
            ?? MissingDevice(path, files);
        string detail = said.Length == 0 ? exception.Message : $"{exception.Message}; libav: {said}";
        return new(path, PathVerdict.Fails, meaning ?? $"It does not work here: {(said.Length > 0 ? log[^1] : exception.Message)}.") { Detail = detail };
    }

    /// <summary>Nodes that a user may not open are there and yet missing.</summary>
    private static string? MissingDevice(CodingPath path, BoxFiles files) => path.Api switch
    {
        "vaapi" or "qsv" or "vulkan" or "v4l2request" or "amf" when RenderNodes(files) is [] =>
            $"No graphics device{For(path)}: there is no /dev/dri/renderD* on this machine.",
        "vaapi" or "qsv" or "vulkan" or "amf" when RenderNodes(files).All(node => !MayOpen(node)) =>
            $"/dev/dri/{RenderNodes(files)[0]} may not be opened: the user this runs as is not in the group that owns it (mostly \"render\" or \"video\").",
        "vaapi" => $"{path.Device ?? "The graphics device"} has no VA-API driver here: on Debian, intel-media-va-driver, i965-va-driver or mesa-va-drivers brings it.",
        "qsv" => "The graphics device has no Quick Sync runtime here (Media SDK or oneVPL), or is not Intel's.",
        "v4l2m2m" when !files.Names("dev").Any(name => name.StartsWith("video", StringComparison.Ordinal)) =>
            "No V4L2 device: there is no /dev/video* on this machine.",
        "v4l2m2m" => $"None of this machine's /dev/video* {(path.Direction == PathDirection.Encode ? "encodes" : "decodes")} {path.Format} from memory to memory.",
        "rkmpp" when !files.Exists("dev/mpp_service") => "No Rockchip MPP: there is no /dev/mpp_service; it wants the vendor's kernel.",
        _ => null,
    };

    private static string For(CodingPath path) => path.Api switch
    {
        "vaapi" => " for VA-API",
        "qsv" => " for Intel Quick Sync",
        "amf" => " for AMD AMF",
        "vulkan" => " for Vulkan",
        _ => "",
    };

    private static string[] RenderNodes(BoxFiles files) => [.. files.Names("dev/dri").Where(name => name.StartsWith("renderD", StringComparison.Ordinal))];

    private static bool MayOpen(string node)
    {
        try
        {
            using FileStream opened = File.Open($"/dev/dri/{node}", FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
