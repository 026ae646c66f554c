using System.Globalization;
using System.Text.Json.Serialization;

namespace Transcode.Engine.Hardware;

/// <summary>One way to code pictures that libav has on this box, whether it works or not.</summary>
/// <param name="Direction">Whether it makes or takes apart.</param>
/// <param name="Format">libav's name of what is coded: <c>h264</c>, <c>hevc</c> or <c>av1</c>, and of decoders <c>vp9</c> or <c>mpeg2video</c>.</param>
/// <param name="BitDepth">8 or 10.</param>
/// <param name="Api">What it goes through: <c>software</c>, or as <c>vaapi</c>.</param>
/// <param name="Codec">libav's name of the encoder or decoder, as <c>h264_vaapi</c>; a decoder that is given a device has its plain name.</param>
/// <param name="Device">The node of one device of several, as <c>/dev/dri/renderD128</c>; null for the one libav finds.</param>
public sealed record CodingPath(PathDirection Direction, string Format, int BitDepth, string Api, string Codec, string? Device = null)
{
    public const string Software = "software";

    [JsonIgnore]
    public bool IsHardware => Api != Software;

    /// <summary>What people call the codec.</summary>
    [JsonIgnore]
    public string FormatName => Format == "mpeg2video" ? "mpeg2" : Format;

    /// <summary>Whether rungs of a ladder can be made this way by a device: in H.264 of eight bits, the one kind that can have a spare.</summary>
    [JsonIgnore]
    public bool MayMakeRungs => this is { Direction: PathDirection.Encode, Format: "h264", BitDepth: 8, IsHardware: true };

    /// <summary>Whether a device may decode films this way: in codecs whose specification leaves a decoder no choice of samples, which MPEG-2's does.</summary>
    [JsonIgnore]
    public bool MayDecodeFilms => this is { Direction: PathDirection.Decode, IsHardware: true, Format: "h264" or "hevc" or "vp9" or "av1" };

    /// <summary>What a decoder is called: libav's name, as <c>h264_cuvid</c>, or of a plain one that is given a device both, as <c>h264/vaapi</c>.</summary>
    [JsonIgnore]
    public string DecoderName => Codec == Format ? $"{Codec}/{Api}" : Codec;

    /// <summary>In words without blanks, as a worker is told it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Direction == PathDirection.Encode ? "encode" : "decode")},{Format},{BitDepth},{Api},{Codec},{Device}");

    /// <exception cref="FormatException">It is none.</exception>
    public static CodingPath Parse(string text) => text.Split(',') is [("encode" or "decode") and var direction, var format, ("8" or "10") and var depth, var api, var codec, var device]
        ? new(direction == "encode" ? PathDirection.Encode : PathDirection.Decode, format, depth == "8" ? 8 : 10, api, codec, device.Length == 0 ? null : device)
        : throw new FormatException($"'{text}' is no path.");
}
