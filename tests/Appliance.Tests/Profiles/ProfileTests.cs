using Appliance.Profiles;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Appliance.Yaml;
using Transcode.Engine.Hardware;

namespace Appliance.Tests.Profiles;

public sealed class ProfileTests
{
    private static readonly ProfileShelf Shelf = ProfileShelf.Open("/nowhere");

    public static TheoryData<string> Names => [.. RecordedBoxes.All.Select(box => box.Profile)];

    private static string Generic => File.ReadAllText(House.At("hardware-profiles", "generic-x86-64-2core.yaml"));

    /// <summary>Every class has a box, and every box its class.</summary>
    [Fact]
    public void Profiles_Shipped_HaveEachARecordedIdentityWithItsSource()
    {
        Assert.Equal(Shelf.Profiles.Select(profile => profile.Name), RecordedBoxes.All.Select(box => box.Profile).Order(StringComparer.Ordinal));
        Assert.All(RecordedBoxes.All, box => Assert.NotEmpty(box.Source));
        Assert.Empty(Shelf.Faults);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Match_RecordedIdentity_IsOfItsClass(string name)
    {
        BoxIdentity box = RecordedBoxes.Read(RecordedBoxes.All.Single(each => each.Profile == name));

        (HardwareProfile profile, string because) = Assert.NotNull(Shelf.Match(box, null));
        Assert.Equal(name, profile.Name);
        Assert.NotEmpty(because);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Profile_EveryFigure_HasAStandingAndASource(string name)
    {
        HardwareProfile profile = Shelf.Profiles.Single(each => each.Name == name);

        Assert.NotEmpty(profile.Figures);
        Assert.All(profile.Figures, figure => Assert.Matches("^(measured|documented|assumed)$", figure.Standing));
        Assert.All(profile.Figures, figure => Assert.True(figure.Source.Length > 10, figure.Name));
        Assert.All(profile.Quirks, quirk => Assert.True(quirk.Source.Length > 2, quirk.Name));
    }

    [Fact]
    public void Match_BoxOfNoKnownClass_IsNone()
    {
        BoxIdentity box = RecordedBoxes.Read(RecordedBoxes.All.Single(each => each.Profile == "generic-x86-64-2core"));

        Assert.Null(Shelf.Match(box with { Architecture = "riscv64" }, null));
        Assert.Null(Shelf.Match(box with { Cores = 64 }, null));
    }

    [Fact]
    public void Match_OwnersWish_GoesBeforeWhatIsFound()
    {
        BoxIdentity box = RecordedBoxes.Read(RecordedBoxes.All.Single(each => each.Profile == "intel-n100"));

        Assert.Equal("celeron-nas", Shelf.Match(box, "celeron-nas")!.Value.Profile.Name);
        Assert.Equal("intel-n100", Shelf.Match(box, "no-such-profile")!.Value.Profile.Name);
    }

    /// <summary>With the line of the fault, and what is wrong there.</summary>
    [Theory]
    [InlineData("architecture: x86-64", "architecture: mips", @":7: match.architecture: must be one of x86-64, aarch64, not mips\.")]
    [InlineData("version: 1", "version: 1.5", @":4: version: must be a whole number, not 1\.5\.")]
    [InlineData("version: 1", "version: 0", @":4: version: must be at least 1, not 0\.")]
    [InlineData("  graphics: none", "  grafics: none", @":9: match: there is no 'grafics' here; there are architecture, pci")]
    [InlineData("description: Two x86-64 cores with AVX2, no graphics device\n", "", @":3: 'description' is missing\.")]
    [InlineData("cores: { least: 1, most: 2 }", "cores: 2", @":8: match.cores: must be a map, not 2\.")]
    [InlineData("codec: h264, bitDepth: 8, path: software, standing: measured", "codec: h265, bitDepth: 8, path: software, standing: measured", @":11: decode\[0\]\.codec: must be one of h264, .*, not h265\.")]
    [InlineData("value: 2000, unit: CPU ms, standing: measured", "value: 2000, unit: CPU ms, standing: guessed", @":\d+: figures\[0\]\.standing: must be one of measured, documented, assumed, not guessed\.")]
    [InlineData("value: 2000, unit: CPU ms, standing: measured", "value: -1, unit: CPU ms, standing: measured", @":\d+: figures\[0\]\.value: must be at least 0, not -1\.")]
    [InlineData("quirks:", "quirks: [\nmore:", @":\d+: it is not YAML: ")]
    [InlineData("version: 1", "version: 1\nversion: 2", @":5: 'version' is here a second time\.")]
    [InlineData("version: 1", "version: &one 1", @":4: anchors, aliases and tags have no place here\.")]
    [InlineData("profile: generic-x86-64-2core", "profile: another", @":3: profile: must be the file's name")]
    public void Read_ProfileThatBreaksARule_IsRefusedWithLineAndReason(string rule, string broken, string expected)
    {
        Assert.Contains(rule, Generic, StringComparison.Ordinal);
        YamlFaultException exception = Assert.Throws<YamlFaultException>(() => ProfileReader.Profile(Generic.Replace(rule, broken, StringComparison.Ordinal), "generic-x86-64-2core.yaml"));

        Assert.Contains(exception.Faults, fault => System.Text.RegularExpressions.Regex.IsMatch(fault, $"^generic-x86-64-2core\\.yaml{expected}"));
    }

    [Fact]
    public void Read_NothingAtAll_IsRefused() =>
        Assert.Contains("there is nothing in it", Assert.Throws<YamlFaultException>(() => ProfileReader.Profile("", "a.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Shelf_OwnersProfiles_StandInForThoseOfTheSameNameAndBadOnesAreTold()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(Path.Combine(folder.Path, "generic-x86-64-2core.yaml"), Generic.Replace("Two x86-64 cores", "My own cores", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder.Path, "bad.yaml"), "profile: bad\n");
        var shelf = ProfileShelf.Open(folder.Path);

        Assert.StartsWith("My own", shelf.Profiles.Single(profile => profile.Name == "generic-x86-64-2core").Description, StringComparison.Ordinal);
        Assert.Contains(shelf.Faults, fault => fault.Contains("bad.yaml:1: 'version' is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Owner_Wishes_TurnPathsOffWithTheirReason()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "hardware.yaml");
        File.WriteAllText(path, "profile: intel-n100\noff: [h264_qsv, vaapi]\n");
        var wishes = OwnersHardware.Load(path);

        Assert.Equal("intel-n100", wishes.Profile);
        Assert.Contains("off has h264_qsv", wishes.WhyOff(new(PathDirection.Encode, "h264", 8, "qsv", "h264_qsv")), StringComparison.Ordinal);
        Assert.NotNull(wishes.WhyOff(new(PathDirection.Decode, "hevc", 10, "vaapi", "hevc", "/dev/dri/renderD128")));
        Assert.Null(wishes.WhyOff(new(PathDirection.Encode, "h264", 8, "nvenc", "h264_nvenc")));
    }

    [Fact]
    public void Owner_WishesThatMakeNoSense_AreRefusedWithTheLine()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "hardware.yaml");
        File.WriteAllText(path, "\noff: vaapi\n");

        Assert.Contains("hardware.yaml:2: off: must be a list, not vaapi.", Assert.Throws<UsageException>(() => OwnersHardware.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ProbedBox_IsAProfileThatTheBoxIsOf()
    {
        BoxIdentity box = RecordedBoxes.Read(RecordedBoxes.All.Single(each => each.Profile == "intel-n100"));
        var path = new CodingPath(PathDirection.Encode, "h264", 8, "qsv", "h264_qsv");
        PathResult[] results =
        [
            new(path, PathVerdict.Works, "It works.", new(1920, 1080, 41.5, 12_345, 301.2, 6, 180.4, "8 sessions no longer keep real time", 9.5)) { TriedAt = DateTimeOffset.UnixEpoch },
            new(path with { Codec = "h264_vaapi", Api = "vaapi" }, PathVerdict.Fails, "It does not."),
        ];
        HardwareProfile profile = ProfileReader.Profile(ProfileExport.Text("my-box", box, results), "my-box.yaml");

        Assert.NotNull(profile.Match.Of(box));
        Assert.Equal(["301.2 fps", "6 sessions", "12.3 ms", "9.5 W"], profile.Figures.Select(figure => $"{figure.Value} {figure.Unit}"));
        Assert.All(profile.Figures, figure => Assert.Equal("measured", figure.Standing));
    }
}
