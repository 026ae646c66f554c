using System.Diagnostics;
using System.Text.RegularExpressions;
using Transcode.Engine.Hardware;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

public sealed partial class PathCatalogTests
{
    /// <summary>The ffmpeg program lists what its libav was built with; so does the catalogue.</summary>
    [Fact]
    public void All_HardwareEncoders_AreThoseTheProgramLists()
    {
        string[] listed = [.. Lines("-encoders").Select(line => Encoder().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

        Assert.Contains("h264_vaapi", listed);
        Assert.Equal(listed.Order(), PathCatalog.All([]).Where(path => path is { Direction: PathDirection.Encode, IsHardware: true }).Select(path => path.Codec).Distinct().Order());
    }

    [Fact]
    public void All_SoftwareEncoders_AreTheBoxsOwnAtEveryDepthItMakes() =>
        Assert.Equal(
            ["libx264 8", "libx265 8", "libx265 10", "libsvtav1 8", "libsvtav1 10"],
            PathCatalog.All([]).Where(path => path is { Direction: PathDirection.Encode, IsHardware: false }).Select(path => $"{path.Codec} {path.BitDepth}"));

    /// <summary>The ffmpeg program lists what its libav decodes with a device's own decoder; so does the catalogue, foreign codecs included.</summary>
    [Fact]
    public void All_NamedHardwareDecoders_AreThoseTheProgramLists()
    {
        string[] listed = [.. Lines("-decoders").Select(line => Decoder().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

        Assert.Contains("vp9_cuvid", listed);
        Assert.Contains("mpeg2_cuvid", listed);
        Assert.Equal(
            listed.Order(),
            PathCatalog.All([]).Where(path => path is { Direction: PathDirection.Decode, IsHardware: true } && path.Codec.Contains('_', StringComparison.Ordinal)).Select(path => path.Codec).Distinct().Order());
    }

    [Fact]
    public void All_ForeignCodecs_AreDecodedAtTheirDepthsAndNotEncoded()
    {
        CodingPath[] foreign = [.. PathCatalog.All([]).Where(path => path.Format is "vp9" or "mpeg2video")];

        Assert.All(foreign, path => Assert.Equal(PathDirection.Decode, path.Direction));
        Assert.Equal(["mpeg2video 8", "vp9 10", "vp9 8"], foreign.Where(path => !path.IsHardware).Select(path => $"{path.Codec} {path.BitDepth}").Order());
    }

    [Fact]
    public void All_TwoRenderNodes_GiveVaapiAPathOnEach()
    {
        IEnumerable<CodingPath> paths = PathCatalog.All(["/dev/dri/renderD128", "/dev/dri/renderD129"]).Where(path => path.Codec == "h264_vaapi");

        Assert.Equal(["/dev/dri/renderD128", "/dev/dri/renderD129"], paths.Select(path => path.Device));
    }

    [Fact]
    public void Parse_EveryPathOfTheCatalogue_ComesBack() =>
        Assert.All(PathCatalog.All(["/dev/dri/renderD128"]), path => Assert.Equal(path, CodingPath.Parse(path.ToString())));

    [Theory]
    [InlineData("")]
    [InlineData("encode,h264,9,vaapi,h264_vaapi,")]
    [InlineData("transcode,h264,8,vaapi,h264_vaapi,")]
    [InlineData("encode,h264,8,vaapi")]
    public void Parse_WhatIsNoPath_IsRefused(string text) => Assert.Throws<FormatException>(() => CodingPath.Parse(text));

    private static string[] Lines(string list)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", list]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string text = ffmpeg.StandardOutput.ReadToEnd();
        ffmpeg.WaitForExit();
        return text.Split('\n');
    }

    [GeneratedRegex(@"^ V\S+ ((?:h264|hevc|av1)_\w+)")]
    private static partial Regex Encoder();

    [GeneratedRegex(@"^ V\S+ ((?:h264|hevc|av1|vp9|mpeg2)_\w+)")]
    private static partial Regex Decoder();
}
