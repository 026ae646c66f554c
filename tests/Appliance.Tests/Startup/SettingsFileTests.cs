using System.Net;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Startup;

/// <summary>What is said in a file and in the environment.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void Parse_FileOfTheDataFolder_IsRead()
    {
        Write(
            """
            serve:
              - /srv/films
              - holiday
            listen: 0.0.0.0
            port: 9000
            cache-quota: 20G
            codecs: [h264, av1]
            budget: { cores: 3, celsius: 75 }
            log: json
            """);
        ApplianceOptions options = Parse();

        Assert.Equal(["/srv/films", Path.Combine(_folder.Path, "holiday")], options.Paths);
        Assert.Equal(IPAddress.Any, options.ListenAddress);
        Assert.Equal(9000, options.Port);
        Assert.Equal(20L << 30, options.CacheQuotaBytes);
        Assert.Equal(Offer.Of([VideoFormat.H264, VideoFormat.Av1]).Standard, options.Offer.Standard);
        Assert.Equal(3, options.Budget.Cores);
        Assert.Equal(75, options.Budget.Celsius);
        Assert.True(options.LogsJson);
    }

    [Fact]
    public void Parse_SaidInAllPlaces_TheNearestHolds()
    {
        Write("port: 1\njobs-quota: 1G\ncache-quota: 1G\nserve: [/far]");
        _environment["APPLIANCE_PORT"] = "2";
        _environment["APPLIANCE_JOBS_QUOTA"] = "2G";
        ApplianceOptions options = Parse("--port", "3", "/near");

        Assert.Equal(3, options.Port);
        Assert.Equal(2L << 30, options.JobsQuotaBytes);
        Assert.Equal(1L << 30, options.CacheQuotaBytes);
        Assert.Equal(["/near"], options.Paths);
    }

    [Theory]
    [InlineData("port: 1\ncolour: red", ":2: there is no setting colour.")]
    [InlineData("data: /elsewhere", ":1: there is no setting data.")]
    [InlineData("port: 99999", ": --port wants a number from 0 to 65535, not 99999.")]
    [InlineData("port: [[1]]", ":1: port wants a value.")]
    [InlineData("port:", ":1: port wants a value.")]
    [InlineData("port: 1\nport: 2", ":2: 'port' is here a second time.")]
    [InlineData("serve: /srv/films", ":1: serve wants a list of files and folders, a line each after a dash.")]
    [InlineData("serve: [{a: b}]", ":1: this must be a file or folder.")]
    [InlineData("just words", ":1: it must be a list of names with values.")]
    public void Parse_FileThatMakesNoSense_IsRefusedWithItsLine(string text, string fault)
    {
        string file = Write(text);

        Assert.Equal(file + fault, Assert.Throws<UsageException>(() => Parse()).Message);
    }

    [Fact]
    public void Parse_EnvironmentThatMakesNoSense_IsRefusedByItsName()
    {
        _environment["APPLIANCE_CACHE_QUOTA"] = "much";

        Assert.StartsWith("APPLIANCE_CACHE_QUOTA: --cache-quota wants at least 1M", Assert.Throws<UsageException>(() => Parse()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NamedFileThatIsNotThere_IsRefused()
    {
        string file = Path.Combine(_folder.Path, "none.yaml");

        Assert.StartsWith($"{file} cannot be read: ", Assert.Throws<UsageException>(() => Parse("--config", file)).Message, StringComparison.Ordinal);
    }

    /// <summary>What is not told of is not there for people.</summary>
    [Theory]
    [InlineData("docs/configuration.md", "`{0}`", "`{1}`")]
    [InlineData("run", "--{0} ", "")]
    public void Document_EveryOption_IsToldOf(string document, string option, string variable)
    {
        string text = File.ReadAllText(House.At(document.Split('/')));
        foreach (string name in CommandLine.Valued.Select(name => name[2..]))
        {
            Assert.True(text.Contains(string.Format(null, option, name), StringComparison.Ordinal) || text.Contains($"`--{name}`", StringComparison.Ordinal), $"{document} does not tell of {name}.");
            Assert.Contains(string.Format(null, variable, "", "APPLIANCE_" + name.Replace('-', '_').ToUpperInvariant()), text, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text) => _folder.File(SettingsFile.Name, text);

    private ApplianceOptions Parse(params string[] arguments) => Assert.IsType<ParsedCommand.Serve>(
        CommandLine.Parse([.. arguments, "--data", _folder.Path], name => _environment.GetValueOrDefault(name))).Options;
}
