using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Appliance.Startup;

namespace Appliance.Access.Tls;

/// <summary>The certificate that connections are served with. The owner's is read again when its files change, the box's own is made again before it
/// ends; connections that are there keep what they have.</summary>
internal sealed partial class BoxCertificate : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly TlsChoice choice;
    private readonly KeptFile own;
    private readonly TimeProvider time;
    private readonly ILogger<BoxCertificate> logger;
    private SslStreamCertificateContext context;
    private (DateTime, DateTime) stamps;
    private DateTimeOffset lookedAt;

    /// <exception cref="UsageException">There is none that serves.</exception>
    public BoxCertificate(TlsChoice choice, AccessFolder folder, TimeProvider time, ILogger<BoxCertificate> logger)
    {
        this.choice = choice;
        this.time = time;
        this.logger = logger;
        own = folder.Certificate;
        try
        {
            context = Load();
            lookedAt = time.GetUtcNow();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UsageException(choice is TlsChoice.Files files
                ? $"The certificate {files.Certificate} with the key {files.Key} cannot be used: {exception.Message}"
                : $"{own.Path}, the box's own certificate, cannot be used: {exception.Message} Removed, another is made.");
        }
    }

    /// <summary>What a new connection is served with.</summary>
    public SslStreamCertificateContext Context
    {
        get
        {
            lock (gate)
            {
                DateTimeOffset now = time.GetUtcNow();
                if (now - lookedAt >= LookEvery)
                {
                    lookedAt = now;
                    Look();
                }

                return context;
            }
        }
    }

    /// <summary>SHA-256 of the certificate, as browsers and openssl show it.</summary>
    public string Fingerprint => string.Join(':', Context.TargetCertificate.GetCertHash(HashAlgorithmName.SHA256).Select(part => part.ToString("X2")));

    public void Dispose() => context.TargetCertificate.Dispose();

    private void Look()
    {
        try
        {
            if (choice is TlsChoice.Files files ? StampsOf(files) != stamps : IsEnding(context.TargetCertificate))
            {
                // The one before is left to the collector: connections that are there may use it still.
                context = Load();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            NotRenewed(logger, exception.Message);
        }
    }

    private SslStreamCertificateContext Load()
    {
        if (choice is not TlsChoice.Files files)
        {
            return SslStreamCertificateContext.Create(LoadOwn(), additionalCertificates: null, offline: true);
        }

        (DateTime, DateTime) found = StampsOf(files);
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(files.Certificate);
        stamps = found;
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private X509Certificate2 LoadOwn()
    {
        string? pem = own.Read() is { } kept ? Encoding.ASCII.GetString(kept) : null;
        if (pem is not null)
        {
            X509Certificate2 found = X509Certificate2.CreateFromPem(pem, pem);
            if (!IsEnding(found))
            {
                return found;
            }

            found.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (pem is not null)
        {
            key.ImportFromPem(pem);
        }

        X509Certificate2 made = OwnCertificate.Make(key, time.GetUtcNow());
        own.Write(Encoding.ASCII.GetBytes($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"));
        return made;
    }

    private bool IsEnding(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < OwnCertificate.RenewedBefore;

    private static (DateTime, DateTime) StampsOf(TlsChoice.Files files) => (File.GetLastWriteTimeUtc(files.Certificate), File.GetLastWriteTimeUtc(files.Key));

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate cannot be renewed, so the one before is served: {Reason}")]
    private static partial void NotRenewed(ILogger logger, string reason);
}
