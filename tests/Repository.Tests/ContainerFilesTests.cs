using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

/// <summary>What the two images and the compose file say of one box is one story. Whether it holds is seen by docker/try, which takes minutes.</summary>
public sealed partial class ContainerFilesTests
{
    private const string Compose = "docker/compose.yaml";

    public static TheoryData<string> Images => ["docker/Dockerfile", "docker/Dockerfile.minimal"];

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_WhatItCopies_IsCommittedAndNotIgnored(string image)
    {
        string[] copied = [.. Own().Matches(CommittedFiles.Text(image)).Select(match => match.Groups["path"].Value).Where(path => path != ".")];
        string[] ignored = [.. CommittedFiles.Text(".dockerignore").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

        Assert.Equal(["docker/healthy"], copied);
        Assert.Empty(copied.Except(CommittedFiles.All));
        Assert.Empty(copied.Where(path => ignored.Any(entry => path.StartsWith(entry.Replace("**/", "", StringComparison.Ordinal), StringComparison.Ordinal))));
        Assert.All(copied, path => Assert.True(File.GetUnixFileMode(CommittedFiles.At(path)).HasFlag(UnixFileMode.OtherExecute), path));
    }

    /// <summary>The images differ by drivers alone.</summary>
    [Fact]
    public void Images_ButForDriversAndRemarks_AreTheSame()
    {
        string full = Bare("docker/Dockerfile");

        Assert.Equal(Bare("docker/Dockerfile.minimal"), Drivers().Replace(full, ""));
        Assert.Single(Drivers().Matches(full));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_ItsProfileAndProgram_AreWhatThereIs(string image)
    {
        string text = CommittedFiles.Text(image);
        string project = Published().Match(text).Groups["project"].Value;

        Assert.Contains(project, CommittedFiles.All);
        Assert.Contains($"src/Appliance/Properties/PublishProfiles/{Published().Match(text).Groups["profile"].Value}.pubxml", CommittedFiles.All);
        Assert.Contains($"COPY --from=build {Published().Match(text).Groups["folder"].Value} /appliance\n", text, StringComparison.Ordinal);
        Assert.Contains($"ENTRYPOINT [\"/appliance/{Path.GetFileNameWithoutExtension(project)}\"]\n", text, StringComparison.Ordinal);
    }

    /// <summary>The libraries are those that the commands install on a Debian 12.</summary>
    [Theory]
    [MemberData(nameof(Images))]
    public void Image_ItsLibraries_AreThoseOfTheScripts(string image)
    {
        string scripts = CommittedFiles.Text("scripts/prepare.sh");
        string[] wanted = [.. Debian().Match(scripts).Groups["packages"].Value.Split(' '), .. Signing().Match(scripts).Groups["packages"].Value.Split(' ')];
        string[] installed = [.. CommittedFiles.Text(image).Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries)];

        Assert.Equal(7, wanted.Length);
        Assert.Empty(wanted.Except(installed));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_PortFoldersAndUser_AreThoseOfTheComposeFile(string image)
    {
        string text = CommittedFiles.Text(image);
        string compose = CommittedFiles.Text(Compose);
        string port = Port().Match(text).Groups["port"].Value;

        Assert.Equal("8080", port);
        Assert.Contains($"CMD [\"--listen\", \"0.0.0.0\", \"--port\", \"{port}\", \"/media\"]", text, StringComparison.Ordinal);
        Assert.Contains($"/dev/tcp/127.0.0.1/{port} ", CommittedFiles.Text("docker/healthy"), StringComparison.Ordinal);
        Assert.Contains($"command: [--listen, 0.0.0.0, --port, \"{port}\", --budget, ", compose, StringComparison.Ordinal);
        Assert.Contains($"- 127.0.0.1:{port}:{port}\n", compose, StringComparison.Ordinal);

        Assert.Contains("VOLUME /data\n", text, StringComparison.Ordinal);
        Assert.Contains("ENV APPLIANCE_DATA=/data\n", text, StringComparison.Ordinal);
        Assert.Contains("- data:/data\n", compose, StringComparison.Ordinal);
        Assert.Contains(":/media:ro\n", compose, StringComparison.Ordinal);

        Assert.Contains("useradd --system --uid 10001 ", text, StringComparison.Ordinal);
        Assert.Contains("\nUSER appliance\n", text, StringComparison.Ordinal);
        Assert.Contains("uid 10001", CommittedFiles.Text("docker/README.md"), StringComparison.Ordinal);
        Assert.Contains("HEALTHCHECK ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_WhatTheBoxMayDo_IsLittle()
    {
        string compose = CommittedFiles.Text(Compose);

        Assert.All(
            ["read_only: true\n", "cap_drop: [ALL]\n", "security_opt: [no-new-privileges:true]\n", "- /tmp:size=64m\n", "pids_limit: 512\n"],
            line => Assert.Contains(line, compose, StringComparison.Ordinal));
        Assert.DoesNotContain("privileged:", compose, StringComparison.Ordinal);
        Assert.DoesNotContain("cap_add:", compose, StringComparison.Ordinal);
    }

    /// <summary>Options that the images and the compose file give are options that there are.</summary>
    [Fact]
    public void Options_OfImagesAndCompose_AreKnown()
    {
        string[] given = [.. new[] { "docker/Dockerfile", Compose }
            .SelectMany(path => CommittedFiles.Text(path).Split('\n'))
            .Where(line => line.StartsWith("CMD ", StringComparison.Ordinal) || line.TrimStart().StartsWith("command:", StringComparison.Ordinal))
            .SelectMany(line => Option().Matches(line).Select(match => match.Value))
            .Distinct()];

        Assert.Equal(["--listen", "--port", "--budget"], given);
        Assert.All(given, option => Assert.Contains($"new(\"{option[2..]}\"", CommittedFiles.Text("src/Appliance/Startup/SettingTable.cs"), StringComparison.Ordinal));
    }

    private static string Bare(string path) => string.Join('\n', CommittedFiles.Text(path).Split('\n').Where(line => !line.StartsWith('#')));

    [GeneratedRegex(@"^COPY (?!--from)(?<path>\S+) ", RegexOptions.Multiline)]
    private static partial Regex Own();

    [GeneratedRegex(@" *intel-media-va-driver i965-va-driver mesa-va-drivers libvpl2 libmfx1 ocl-icd-libopencl1 \\\n")]
    private static partial Regex Drivers();

    [GeneratedRegex(@"dotnet publish (?<project>\S+) -p:PublishProfile=(?<profile>\S+) -o (?<folder>\S+) ")]
    private static partial Regex Published();

    [GeneratedRegex(@"^EXPOSE (?<port>\d+)$", RegexOptions.Multiline)]
    private static partial Regex Port();

    [GeneratedRegex(@"apt-get install \\\n(?<packages>libavutil[^""\n]*)""")]
    private static partial Regex Debian();

    [GeneratedRegex(@"apt-get install (?<packages>libsecp256k1[^""\n]*)""")]
    private static partial Regex Signing();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
