using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments.Codecs;

namespace Transcode.Engine.Hardware;

/// <summary>Every path that the libav of this box was built with: encoders of the codecs that renditions are made in, and decoders of those and of <see cref="ForeignStream"/>'s. It is
/// asked, not known beforehand.</summary>
internal static class PathCatalog
{
    /// <summary>What renditions are made in.</summary>
    private static readonly string[] Formats = ["h264", "hevc", "av1"];

    /// <summary>What films come in.</summary>
    private static readonly string[] DecodedFormats = [.. Formats, .. ForeignStream.All.Select(stream => stream.Format)];

    /// <summary>The encoders that make the box's own renditions; libav has others, which nothing here uses.</summary>
    private static readonly string[] OwnEncoders = ["libx264", "libx265", "libsvtav1"];

    /// <summary>Kinds of devices that a plain decoder is given, with what they are called by.</summary>
    private static readonly Dictionary<string, string> DecodingDevices = new() { ["vaapi"] = "vaapi", ["cuda"] = "nvdec", ["vulkan"] = "vulkan", ["drm"] = "v4l2request" };

    /// <param name="renderNodes">Nodes of graphics devices, as <c>/dev/dri/renderD128</c>: VA-API is tried on each.</param>
    /// <exception cref="LibAvNotFoundException">The system has no libav of a known family.</exception>
    public static IReadOnlyList<CodingPath> All(IReadOnlyList<string> renderNodes)
    {
        // Not all that need a device say so of themselves.
        CodecEntry[] codecs = [.. CodecEntry.All().Select(codec => codec with { IsHardware = codec.IsHardware || HardwareApi.Of(codec.Name) is not null })];
        var paths = new List<CodingPath>();
        foreach (string format in DecodedFormats)
        {
            int[] depths = format == "h264" || ForeignStream.Of(format)?.DeepestBits == 8 ? [8] : [8, 10];
            foreach (CodecEntry codec in codecs.Where(codec => codec.Format == format && Formats.Contains(format) && codec.IsEncoder && (codec.IsHardware || OwnEncoders.Contains(codec.Name))))
            {
                string api = codec.IsHardware ? EndOf(codec.Name) : CodingPath.Software;
                paths.AddRange(depths.SelectMany(depth => OnEach(new(PathDirection.Encode, format, depth, api, codec.Name), renderNodes)));
            }

            string? plain = codecs.FirstOrDefault(codec => codec.Format == format && !codec.IsEncoder && !codec.IsHardware)?.Name;
            foreach (CodecEntry codec in codecs.Where(codec => codec.Format == format && !codec.IsEncoder))
            {
                paths.AddRange(depths.SelectMany(depth => Decoding(codec, format, depth, plain, renderNodes)));
            }
        }

        return [.. paths.Distinct().OrderBy(path => path.Direction).ThenBy(path => path.IsHardware ? 1 : 0).ThenBy(path => Array.IndexOf(DecodedFormats, path.Format))];
    }

    private static IEnumerable<CodingPath> Decoding(CodecEntry codec, string format, int depth, string? plain, IReadOnlyList<string> renderNodes)
    {
        if (codec.Name == plain)
        {
            yield return new(PathDirection.Decode, format, depth, CodingPath.Software, codec.Name);
        }

        if (codec.IsHardware && codec.Name != format)
        {
            string api = EndOf(codec.Name) is var end && end == "cuvid" ? "nvdec" : end;
            yield return new(PathDirection.Decode, format, depth, api, codec.Name);
        }

        foreach (string device in codec.Devices.Where(device => DecodingDevices.ContainsKey(device) && codec.Name == format))
        {
            foreach (CodingPath path in OnEach(new(PathDirection.Decode, format, depth, DecodingDevices[device], codec.Name), renderNodes))
            {
                yield return path;
            }
        }
    }

    private static IEnumerable<CodingPath> OnEach(CodingPath path, IReadOnlyList<string> renderNodes) =>
        path.Api == "vaapi" && renderNodes.Count > 0 ? renderNodes.Select(node => path with { Device = node }) : [path];

    private static string EndOf(string codec) => codec[(codec.LastIndexOf('_') + 1)..];
}
