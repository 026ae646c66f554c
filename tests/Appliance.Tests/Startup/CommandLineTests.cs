using System.Net;
using Appliance.Access.Tls;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Startup;

public sealed class CommandLineTests
{
    private static readonly Func<string, string?> Home = name => name == "HOME" ? "/people/ann" : null;

    [Fact]
    public void Parse_NoArguments_GivesTheDocumentedDefaults()
    {
        ApplianceOptions options = Serve();

        Assert.Empty(options.Paths);
        Assert.Equal(8080, options.Port);
        Assert.Equal("/people/ann/.local/share/appliance", options.DataFolder);
        Assert.Equal(IPAddress.Loopback, options.ListenAddress);
        Assert.Equal(10_737_418_240, options.CacheQuotaBytes);
        Assert.Equal(53_687_091_200, options.JobsQuotaBytes);
        Assert.Equal(PictureTuning.Auto, options.Offer.Tuning);
        Assert.False(options.NewOwner);
        Assert.Null(options.Tls);
        Assert.True(options.LoopbackOnly);
    }

    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        ApplianceOptions options = Serve(
            "a.mkv", "--port", "0", "--data=/srv/box", "--listen", "0.0.0.0", "--cache-quota", "500M", "--jobs-quota=2G", "--tuning", "off", "--new-owner", "--tls", "self", "--", "--odd.mkv");

        Assert.Equal(["a.mkv", "--odd.mkv"], options.Paths);
        Assert.Equal(0, options.Port);
        Assert.Equal("/srv/box", options.DataFolder);
        Assert.Equal(IPAddress.Any, options.ListenAddress);
        Assert.Equal(524_288_000, options.CacheQuotaBytes);
        Assert.Equal(2_147_483_648, options.JobsQuotaBytes);
        Assert.Null(options.Offer.Tuning);
        Assert.True(options.NewOwner);
        Assert.IsType<TlsChoice.Self>(options.Tls);
        Assert.False(options.LoopbackOnly);
    }

    [Fact]
    public void Parse_DataFolderInTheEnvironment_IsTaken() =>
        Assert.Equal("/data", Assert.IsType<ParsedCommand.Serve>(
            CommandLine.Parse([], name => name == "APPLIANCE_DATA" ? "/data" : null)).Options.DataFolder);

    [Theory]
    [InlineData("--port", "--port wants a value.")]
    [InlineData("--port 65536", "--port wants a number from 0 to 65535, not 65536.")]
    [InlineData("--port -1", "--port wants a number from 0 to 65535, not -1.")]
    [InlineData("--listen example.org", "--listen wants an IP address such as 0.0.0.0, not example.org.")]
    [InlineData("--cache-quota 12Q", "--cache-quota wants at least 1M, written as 500M or 10G, not 12Q.")]
    [InlineData("--jobs-quota 12Q", "--jobs-quota wants at least 1M, written as 500M or 10G, not 12Q.")]
    [InlineData("--cache-quota 1023K", "--cache-quota wants at least 1M, written as 500M or 10G, not 1023K.")]
    [InlineData("--cache-quota 99999999999T", "--cache-quota wants at least 1M, written as 500M or 10G, not 99999999999T.")]
    [InlineData("--codecs h264,vp9", "--codecs wants h264 and any of hevc and av1, written as h264,hevc, not h264,vp9.")]
    [InlineData("--codecs hevc", "--codecs wants h264 and any of hevc and av1, written as h264,hevc, not hevc.")]
    [InlineData("--tls cert.pem", "--tls wants self, or the files of a certificate and its key as CERT,KEY, not cert.pem.")]
    [InlineData("--colour", "Unknown option --colour. --help lists what there is.")]
    public void Parse_Nonsense_IsRefusedInOneLine(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Serve(line.Split(' '))).Message);

    [Theory]
    [InlineData("h264", "", "")]
    [InlineData("h264,hevc", "Hevc", "Hevc")]
    [InlineData("av1,h264,hevc", "Hevc Av1", "Hevc Av1")]
    [InlineData(null, "", "Hevc")]
    public void Codecs_OfEverySource_AreOfferedBesideH264(string? list, string standard, string highRange)
    {
        Offer offer = Serve(list is null ? [] : ["--codecs", list]).Offer;

        Assert.Equal(standard, string.Join(' ', offer.Standard));
        Assert.Equal(highRange, string.Join(' ', offer.HighRange));
    }

    [Theory]
    [InlineData("1048576", 1L << 20)]
    [InlineData("3k", 3L << 10)]
    [InlineData("10G", 10L << 30)]
    [InlineData("2TiB", 2L << 40)]
    public void ByteSize_AsPeopleWriteIt_IsRead(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out long read));
        Assert.Equal(bytes, read);
    }

    private static ApplianceOptions Serve(params string[] arguments) =>
        Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(arguments, Home)).Options;
}
