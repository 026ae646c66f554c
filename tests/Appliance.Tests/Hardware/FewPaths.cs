namespace Appliance.Tests.Hardware;

/// <summary>An owner's wishes by which little is tried: each path takes a process, and there are some fifty.</summary>
internal static class FewPaths
{
    /// <summary>Leaves encoders of H.264, and decoders that go by their names.</summary>
    private const string EncodersOfH264 =
        """
        off: [nvdec, h264, hevc, av1, vp9, mpeg2video, hevc_nvenc, hevc_qsv, hevc_v4l2m2m, hevc_vaapi, hevc_vulkan, av1_nvenc, av1_qsv, av1_vaapi, av1_vulkan, vp9_qsv, vp9_v4l2m2m, mpeg2_qsv, mpeg2_v4l2m2m]

        """;

    /// <param name="data">The data folder, which is there.</param>
    public static Task AskedForAsync(string data) =>
        File.WriteAllTextAsync(Path.Combine(data, "hardware.yaml"), EncodersOfH264, TestContext.Current.CancellationToken);
}
