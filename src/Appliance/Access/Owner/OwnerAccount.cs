using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Startup;

namespace Appliance.Access.Owner;

/// <summary>The owner's password. There is one owner.</summary>
internal sealed class OwnerAccount : IDisposable
{
    /// <summary>Characters.</summary>
    public const int ShortestPassword = 10;

    /// <summary>Characters.</summary>
    public const int LongestPassword = 256;

    /// <summary>About a fifth of a second of one core of a small box; OWASP's figure for PBKDF2 with HMAC-SHA256.</summary>
    private const int Iterations = 600_000;

    /// <summary>What a damaged file could ask for more of would keep a core busy for hours.</summary>
    private const int MostIterations = 10_000_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Hashing one at a time leaves the other cores to those who watch; how many wait is limited by <see cref="Guessing.GuessBrake"/>.</summary>
    private readonly SemaphoreSlim turn = new(1);
    private readonly KeptFile file;
    private readonly TimeProvider time;
    private PasswordRecord? kept;

    /// <param name="folder">Where it is kept.</param>
    /// <param name="isReplaced">Whether a new owner is wanted: then a damaged file keeps nobody out.</param>
    /// <param name="time">For when it was set.</param>
    /// <exception cref="UsageException">The file cannot be read. It is never taken for none unasked: whoever came first would be the owner.</exception>
    public OwnerAccount(AccessFolder folder, bool isReplaced, TimeProvider time)
    {
        file = folder.Owner;
        this.time = time;
        try
        {
            kept = file.Read() is { } bytes ? Sound(JsonSerializer.Deserialize(bytes, AccessJson.Default.PasswordRecord)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            if (!isReplaced)
            {
                throw new UsageException($"{file.Path}, the owner's password, cannot be read: {exception.Message} Start once with --new-owner to set another.");
            }
        }
    }

    public bool Exists => Volatile.Read(ref kept) is not null;

    /// <returns>What is wrong with a password, for a person; null where nothing is.</returns>
    public static string? Complaint(string? password) => password is { Length: >= ShortestPassword and <= LongestPassword }
        ? null
        : $"A password has {ShortestPassword} to {LongestPassword} characters.";

    /// <summary>Whether it is the owner's; takes as long where there is no owner.</summary>
    public async Task<bool> AdmitsAsync(string password, CancellationToken cancellationToken)
    {
        if (password.Length > LongestPassword || Volatile.Read(ref kept) is not { } record)
        {
            return false;
        }

        byte[] hash = await HashAsync(password, Convert.FromHexString(record.Salt), record.Iterations, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(record.Hash));
    }

    /// <param name="password">Of a length that <see cref="Complaint"/> says nothing of.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    /// <exception cref="IOException">It cannot be kept; the old one holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task SetAsync(string password, CancellationToken cancellationToken)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = await HashAsync(password, salt, Iterations, cancellationToken);
        var record = new PasswordRecord(Iterations, Convert.ToHexStringLower(salt), Convert.ToHexStringLower(hash), time.GetUtcNow());
        file.Write(JsonSerializer.SerializeToUtf8Bytes(record, AccessJson.Default.PasswordRecord));
        Volatile.Write(ref kept, record);
    }

    public void Dispose() => turn.Dispose();

    private async Task<byte[]> HashAsync(string password, byte[] salt, int iterations, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashBytes), CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    private static PasswordRecord Sound(PasswordRecord? record) =>
        record is { Iterations: > 0 and <= MostIterations, Salt: not null, Hash: not null }
        && Convert.FromHexString(record.Salt).Length == SaltBytes && Convert.FromHexString(record.Hash).Length == HashBytes
            ? record
            : throw new FormatException("It is damaged.");
}
