using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources.Remote;

/// <summary>A film at a real nginx by TLS, with a certificate of an authority of its own: it is had where the machine trusts that authority, and nowhere else.</summary>
public sealed class TlsOriginTests(MadeFilm film) : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("localhost", "localhost", true, true)]
    [InlineData("localhost", "localhost", false, false)]
    [InlineData("other.example", "localhost", true, false)]
    public async Task Film_ByTls_IsHadFromWhomTheMachineTrusts(string named, string asked, bool isTrusted, bool isHad)
    {
        (string authority, string server) = Certificates(named);
        await using NginxOrigin nginx = await NginxOrigin.StartAsync(Path.Combine(folder.Path, "nginx"), certificate: server);
        File.Copy(await film.PathAsync(), Path.Combine(nginx.Films, "film.mkv"));
        await using RunningAppliance box = await RunningAppliance.StartAsync(
            await film.BriefAsync(folder.Path, seconds: 4),
            Path.Combine(folder.Path, "data"),
            "env", isTrusted ? $"SSL_CERT_FILE={authority}" : "NOTHING=1", "sh", "-c", $"exec \"$0\" \"$@\" --allow-origin {asked}:{nginx.Port}");
        using HttpResponseMessage added = await box.Client.PostAsJsonAsync("v1/sources", new { url = $"https://{asked}:{nginx.Port}/film.mkv" }, Token);
        Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
        if (!isHad)
        {
            await Until.HoldsAsync(async () => (await box.JsonAsync("v1/library")).GetProperty("remotes")[0].GetProperty("trouble").GetString()
                ?.Contains("could not be connected to safely: its certificate is not valid for its name", StringComparison.Ordinal) == true);
            return;
        }

        JsonElement[] ready = [];
        await Until.HoldsAsync(async () =>
        {
            ready = [.. (await box.JsonAsync("v1/sources")).GetProperty("sources").EnumerateArray().Where(source => source.GetProperty("state").GetString() == "ready")];
            return ready.Length == 2;
        });
        string id = ready.Single(source => source.GetProperty("title").GetString() == "film").GetProperty("id").GetString()!;
        string list = (await box.JsonAsync($"v1/sources/{id}")).GetProperty("renditions")[0].GetProperty("playlist").GetString()!;
        using HttpResponseMessage segment = await box.Client.GetAsync(list.Replace("index.m3u8", "0.m4s", StringComparison.Ordinal), Token);

        Assert.Equal(HttpStatusCode.OK, segment.StatusCode);
        Assert.NotEmpty(await segment.Content.ReadAsByteArrayAsync(Token));
    }

    /// <summary>An authority, and a server's certificate that it signed, with its key in the same file.</summary>
    private (string Authority, string Server) Certificates(string name)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Authority of a test", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 authority = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 server = request.Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        string authorityFile = Path.Combine(folder.Path, "authority.pem");
        string serverFile = Path.Combine(folder.Path, "server.pem");
        File.WriteAllText(authorityFile, authority.ExportCertificatePem());
        File.WriteAllText(serverFile, $"{server.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return (authorityFile, serverFile);
    }
}
