using System.Net;
using System.Text.Json;
using Appliance.Access.Tls;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Tests.Access;

/// <summary>TLS as openssl, curl and Node see it.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly VirtualTime time = new();

    public TlsTests() =>
        Assert.SkipUnless(House.HasProgram("openssl") && House.HasProgram("curl") && House.HasProgram("node"), "openssl, curl or Node.js is not on this machine.");

    private string OwnFile => Path.Combine(folder.Path, "data", "access", "tls.pem");

    [Fact]
    public async Task Self_Certificate_IsWhatTheConsoleSays()
    {
        await using TestAppliance box = await StartAsync();
        string told = box.Services.GetRequiredService<BoxCertificate>().Fingerprint;
        (_, string shown) = await House.RunAsync("sh", "-c", $"openssl s_client -connect 127.0.0.1:{box.BaseAddress.Port} -servername localhost -CAfile {OwnFile} </dev/null 2>&1");
        (_, string text) = await House.RunAsync("openssl", "x509", "-in", OwnFile, "-noout", "-text", "-fingerprint", "-sha256");

        Assert.Contains("Verify return code: 0 (ok)", shown, StringComparison.Ordinal);
        Assert.Contains($"sha256 Fingerprint={told}", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prime256v1", text, StringComparison.Ordinal);
        Assert.Contains("DNS:localhost", text, StringComparison.Ordinal);
        Assert.Contains($"DNS:{Dns.GetHostName()}", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("IP Address:127.0.0.1", text, StringComparison.Ordinal);
        Assert.Contains("CA:FALSE", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OwnFile));
    }

    [Theory]
    [InlineData("-tls1_1", false)]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_3", true)]
    public async Task Handshake_OfAVersion_IsTakenFrom12On(string version, bool isTaken)
    {
        await using TestAppliance box = await StartAsync();
        (_, string shown) = await House.RunAsync("sh", "-c", $"openssl s_client {version} -cipher 'ALL@SECLEVEL=0' -connect 127.0.0.1:{box.BaseAddress.Port} </dev/null 2>&1");

        Assert.Equal(isTaken, shown.Contains("Cipher is TLS_", StringComparison.Ordinal) || shown.Contains("Cipher is ECDHE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--http2", "2")]
    [InlineData("--http1.1", "1.1")]
    public async Task Segment_OverTls_IsTheSameBytes(string option, string version)
    {
        await using TestAppliance box = await StartAsync();
        string file = Path.Combine(folder.Path, "segment");
        (int code, string said) = await House.RunAsync(
            "curl", "--silent", "--show-error", option, "--cacert", OwnFile, "--output", file, "--write-out", "%{http_version} %{http_code}", $"https://localhost:{box.BaseAddress.Port}{box.Url("480p", "3.m4s")}");

        Assert.Equal((0, $"{version} 200"), (code, said));
        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 3)), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Node_WithTheCertificateAsItsAuthority_IsAnswered()
    {
        await using TestAppliance box = await StartAsync();
        string script = $$"""
            require("https").get({ host: "localhost", port: {{box.BaseAddress.Port}}, path: "/health/live", agent: false, ca: require("fs").readFileSync("{{OwnFile}}") }, (answer) => {
              console.log(answer.statusCode, answer.socket.authorized, answer.socket.getPeerCertificate().fingerprint256);
              answer.resume();
            }).end();
            """;
        (int code, string said) = await House.RunAsync("node", "-e", script);

        Assert.Equal((0, $"200 true {box.Services.GetRequiredService<BoxCertificate>().Fingerprint}\n"), (code, said));
    }

    [Fact]
    public async Task PlainHttp_ToThePortOfTls_IsToldSo()
    {
        await using TestAppliance box = await StartAsync();
        (int code, string said) = await House.RunAsync("curl", "--silent", "--show-error", "--include", $"http://127.0.0.1:{box.BaseAddress.Port}/v1/sources");
        string[] parts = said.Split("\r\n\r\n");

        Assert.Equal(0, code);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n", parts[0], StringComparison.Ordinal);
        Assert.Equal("This port speaks TLS: its address begins with https://.", JsonDocument.Parse(parts[1]).RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Cookie_OverTls_IsOfThisHostAndSecure()
    {
        await using TestAppliance box = await StartAsync();
        (_, string said) = await House.RunAsync(
            "curl", "--silent", "--include", "--cacert", OwnFile, "--json", JsonSerializer.Serialize(new { code = box.Code, password = Owners.Password }), $"https://localhost:{box.BaseAddress.Port}/v1/owner");

        Assert.Matches("(?i)set-cookie: __Host-appliance=[A-Za-z0-9_-]{43}; max-age=2592000; path=/; secure; samesite=strict; httponly\r\n", said);
    }

    /// <summary>The key stays: who pinned it need not look again.</summary>
    [Fact]
    public void Self_BeforeItsEnd_IsMadeAnewWithTheSameKey()
    {
        using BoxCertificate certificate = Certificate(new TlsChoice.Self());
        string first = certificate.Fingerprint;
        byte[] key = certificate.Context.TargetCertificate.GetPublicKey();
        time.Advance(TimeSpan.FromDays(334));
        Assert.Equal(first, certificate.Fingerprint);
        using (BoxCertificate again = Certificate(new TlsChoice.Self()))
        {
            Assert.Equal(first, again.Fingerprint);
        }

        time.Advance(TimeSpan.FromDays(2));
        Assert.NotEqual(first, certificate.Fingerprint);
        Assert.Equal(key, certificate.Context.TargetCertificate.GetPublicKey());
        Assert.Equal(time.GetUtcNow().AddDays(365).UtcDateTime, certificate.Context.TargetCertificate.NotAfter.ToUniversalTime(), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Files_ReplacedWhileItRuns_AreServedWithinAMinute()
    {
        (string cert, string key) = await MakeFilesAsync("a", "one.example");
        using BoxCertificate certificate = Certificate(new TlsChoice.Files(cert, key));
        Assert.Equal("CN=one.example", certificate.Context.TargetCertificate.Subject);
        (string newer, string newKey) = await MakeFilesAsync("b", "two.example");
        File.Copy(newKey, key, overwrite: true);
        time.Advance(TimeSpan.FromMinutes(1));

        // Half of it replaced: the one before serves on.
        Assert.Equal("CN=one.example", certificate.Context.TargetCertificate.Subject);
        File.Copy(newer, cert, overwrite: true);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=two.example", certificate.Context.TargetCertificate.Subject);
    }

    [Fact]
    public async Task Files_ThatAreNone_AreOneLine()
    {
        (string cert, string key) = await MakeFilesAsync("a", "one.example");
        (_, string other) = await MakeFilesAsync("b", "two.example");
        Assert.Throws<UsageException>(() => Certificate(new TlsChoice.Files(cert, other)));
        Assert.Throws<UsageException>(() => Certificate(new TlsChoice.Files(cert, folder.File("no.pem", "nothing"))));
        Assert.Throws<UsageException>(() => Certificate(new TlsChoice.Files(Path.Combine(folder.Path, "gone.pem"), key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Self_Damaged_IsRefusedAndLeft(string content)
    {
        folder.File("data/access/tls.pem", content);

        Assert.Throws<UsageException>(() => Certificate(new TlsChoice.Self()));
        Assert.Equal(content, File.ReadAllText(OwnFile));
    }

    public void Dispose() => folder.Dispose();

    private Task<TestAppliance> StartAsync() => TestAppliance.StartAsync(folder: folder, options: options => options with { Tls = new TlsChoice.Self() });

    private BoxCertificate Certificate(TlsChoice choice) => new(choice, Folders.Of(folder), time, NullLogger<BoxCertificate>.Instance);

    private async Task<(string Certificate, string Key)> MakeFilesAsync(string name, string subject)
    {
        string cert = Path.Combine(folder.Path, $"{name}.pem");
        string key = Path.Combine(folder.Path, $"{name}.key");
        (int code, string said) = await House.RunAsync(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", $"/CN={subject}", "-keyout", key, "-out", cert);
        Assert.True(code == 0, said);
        return (cert, key);
    }
}
