using System.Security.Cryptography;
using Rewards.Durability;

namespace Rewards.Signing;

/// <summary>The box's keys, in a folder of its own (mode 0700): made at the first start, and from then on never replaced but by a
/// signed hand-over. Not thread-safe, but for the keys themselves.</summary>
/// <remarks>
/// <c>device.key</c> and <c>log.key</c> hold the secrets (mode 0600), <c>identity.json</c> who the box is and was.
/// The order of a first start, and what a crash at each step leaves:
/// 1. <c>device.key</c>, 2. <c>log.key</c>: keys that nobody knows; the next start takes them for its own;
/// 3. <c>identity.json</c>: from here on a key that is not there is lost, and one that is another is foreign.
/// The order of a hand-over:
/// 1. <c>X.key.next</c> holds the new secret; without the next step it is a leftover, written over by the next hand-over;
/// 2. <c>identity.json</c> holds the hand-over: this is when it happens;
/// 3. <c>X.key.next</c> becomes <c>X.key</c>; where a crash comes before, the next start does it.
/// </remarks>
public sealed class DeviceKeys : IDisposable
{
    private const string IdentityName = "identity.json";

    private const string NextSuffix = ".next";

    private readonly string _path;
    private readonly DiskFolder _folder;

    /// <summary>A hand-over failed, and nobody knows whether it happened.</summary>
    private bool _isUncertain;

    private DeviceKeys(string path, DiskFolder folder, KeyIdentity identity, DeviceKey device, LogKey log)
    {
        _path = path;
        _folder = folder;
        Identity = identity;
        Device = device;
        Log = log;
    }

    /// <summary>Who the box is and was.</summary>
    public KeyIdentity Identity { get; private set; }

    /// <summary>Signs receipts. After <see cref="HandOver"/> it is another; the old one no longer signs.</summary>
    public DeviceKey Device { get; private set; }

    /// <summary>Signs checkpoints. After <see cref="HandOver"/> it is another; the old one no longer signs.</summary>
    public LogKey Log { get; private set; }

    /// <summary>Opens the keys, or makes them where nothing was ever signed.</summary>
    /// <param name="path">Their folder; made where there is none, in a folder that must exist.</param>
    /// <param name="expected">What the log and the ledger know.</param>
    /// <exception cref="KeyException">A key is lost, foreign, open to others or unreadable; the message says which and what to do.
    /// Nothing was replaced.</exception>
    public static DeviceKeys Open(string path, KeyExpectation expected)
    {
        try
        {
            PrepareFolder(path);
            var folder = new DiskFolder(path);
            KeyIdentity identity = ReadIdentity(folder, path) ?? Begin(folder, path, expected);
            RequireExpected(identity, expected, path);
            DeviceKey device = DeviceKey.FromSecret(ReadCurrent(folder, path, identity, KeyKind.Device));
            return new(path, folder, identity, device, LogKey.FromSecret(ReadCurrent(folder, path, identity, KeyKind.Log)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The keys in {path} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Puts a new key in the place of one, signed by both. Receipts and checkpoints of the old one stay what they are.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="at">When.</param>
    /// <exception cref="KeyException">It could not be written. What happened is what is on disk: open the keys anew.</exception>
    public KeyHandover HandOver(KeyKind kind, DateTimeOffset at)
    {
        if (_isUncertain)
        {
            throw new KeyException($"A hand-over before could not be written to {_path}: open the keys anew, and see whether it happened.");
        }

        byte[] secret = NewSecret(kind);
        byte[] previous = kind is KeyKind.Device ? Device.CopySecret() : Log.CopySecret();
        KeyHandover handover = Signed(
            new(
                (ulong)Identity.Handovers.Count + 1, kind, Identity.Current(kind), PublicOf(kind, secret), (ulong)at.ToUnixTimeSeconds(),
                Identity.Head().ToString(), OldSignature: "", NewSignature: ""),
            previous,
            secret);
        KeyIdentity identity = Identity with { Handovers = [.. Identity.Handovers, handover] };
        _isUncertain = true;
        try
        {
            KeyFile.Write(_folder, FileName(kind) + NextSuffix, kind, secret);
            WriteIdentity(_folder, identity);
            KeyFile.Write(_folder, FileName(kind), kind, secret);
            File.Delete(Path.Combine(_path, FileName(kind) + NextSuffix));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The hand-over could not be written to {_path}: {exception.Message}", exception);
        }

        _isUncertain = false;
        Identity = identity;
        if (kind is KeyKind.Device)
        {
            Device.Dispose();
            Device = DeviceKey.FromSecret(secret);
        }
        else
        {
            Log.Dispose();
            Log = LogKey.FromSecret(secret);
        }

        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(previous);
        return handover;
    }

    public void Dispose()
    {
        Device.Dispose();
        Log.Dispose();
    }

    private static void PrepareFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            if (OperatingSystem.IsWindows())
            {
                throw new PlatformNotSupportedException("Keys need a file system with owners and modes.");
            }

            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        KeyFile.RequireOwnerOnly(path, "0700");
    }

    private static KeyIdentity? ReadIdentity(DiskFolder folder, string path)
    {
        if (folder.Read(IdentityName, KeyIdentity.LengthLimit) is not { } json)
        {
            return null;
        }

        string place = Path.Combine(path, IdentityName);
        try
        {
            KeyIdentity identity = KeyIdentity.Parse(json);
            return identity.Fault() is { } fault
                ? throw new KeyException($"{place} does not hold: {fault}. It was left as it is: restore it from a copy.")
                : identity;
        }
        catch (FormatException exception)
        {
            throw new KeyException($"{place} cannot be read: {exception.Message} It was left as it is: restore it from a copy.", exception);
        }
    }

    /// <summary>The first start, or what a crash left of it.</summary>
    private static KeyIdentity Begin(DiskFolder folder, string path, KeyExpectation expected)
    {
        if (expected.SignedBefore)
        {
            throw new KeyException(
                $"The keys of this box are lost: {path} has no {IdentityName}, but something was signed before. Nothing was made: restore the folder from a copy.");
        }

        byte[]? device = KeyFile.Read(folder, Path.Combine(path, FileName(KeyKind.Device)), KeyKind.Device);
        byte[]? log = KeyFile.Read(folder, Path.Combine(path, FileName(KeyKind.Log)), KeyKind.Log);
        if (device is null && log is not null)
        {
            throw new KeyException(
                $"The device key is lost: {path} has a log key, which is made after it. Nothing was made: restore the folder from a copy.");
        }

        var identity = new KeyIdentity(
            KeyIdentity.CurrentFormat, PublicOf(KeyKind.Device, device ?? Make(KeyKind.Device)), PublicOf(KeyKind.Log, log ?? Make(KeyKind.Log)), []);
        WriteIdentity(folder, identity);
        return identity;

        byte[] Make(KeyKind kind)
        {
            byte[] secret = NewSecret(kind);
            KeyFile.Write(folder, FileName(kind), kind, secret);
            return secret;
        }
    }

    private static void RequireExpected(KeyIdentity identity, KeyExpectation expected, string path)
    {
        Require(KeyKind.Device, expected.Device is { } address ? Lower(address) : null);
        Require(KeyKind.Log, expected.Log.IsEmpty ? null : Hexadecimal.Write(expected.Log.Span));

        void Require(KeyKind kind, string? signer)
        {
            if (signer is not null && !identity.All(kind).Contains(signer))
            {
                throw new KeyException(
                    $"The keys in {path} are foreign: what was signed before is by {signer}, which never was the {FileName(kind)} of this identity. "
                    + "Restore the right folder.");
            }
        }
    }

    private static byte[] ReadCurrent(DiskFolder folder, string path, KeyIdentity identity, KeyKind kind)
    {
        string current = identity.Current(kind);
        string place = Path.Combine(path, FileName(kind));
        byte[]? secret = KeyFile.Read(folder, place, kind);
        if (secret is not null && PublicOf(kind, secret) == current)
        {
            return secret;
        }

        // A hand-over that a crash cut short: the key it names waits under its other name.
        if (KeyFile.Read(folder, place + NextSuffix, kind) is { } next && PublicOf(kind, next) == current)
        {
            KeyFile.Write(folder, FileName(kind), kind, next);
            File.Delete(place + NextSuffix);
            return next;
        }

        throw new KeyException(secret is null
            ? $"The key {place} is lost: {IdentityName} says it is {current}. Nothing was made in its place: restore it from a copy."
            : $"The key {place} is foreign: it is {PublicOf(kind, secret)}, and {IdentityName} says {current}. It was left as it is: restore the right one.");
    }

    private static KeyHandover Signed(KeyHandover handover, byte[] oldSecret, byte[] newSecret)
    {
        Hash256 digest = handover.Digest();
        return handover with { OldSignature = Sign(handover.Kind, oldSecret, digest), NewSignature = Sign(handover.Kind, newSecret, digest) };
    }

    private static string Sign(KeyKind kind, byte[] secret, Hash256 digest)
    {
        if (kind is KeyKind.Device)
        {
            using DeviceKey device = DeviceKey.FromSecret(secret);
            return device.Sign(digest).ToString();
        }

        using LogKey log = LogKey.FromSecret(secret);
        return Hexadecimal.Write(log.Sign(digest.ToArray()));
    }

    private static byte[] NewSecret(KeyKind kind)
    {
        if (kind is KeyKind.Device)
        {
            using DeviceKey device = DeviceKey.Create();
            return device.CopySecret();
        }

        using LogKey log = LogKey.Create();
        return log.CopySecret();
    }

    private static string PublicOf(KeyKind kind, byte[] secret)
    {
        if (kind is KeyKind.Device)
        {
            return Secp256k1Signing.IsSecret(secret) ? Lower(Secp256k1Signing.AddressOf(secret)) : "no key at all";
        }

        using LogKey log = LogKey.FromSecret(secret);
        return Hexadecimal.Write(log.PublicKey);
    }

    private static string Lower(EthereumAddress address)
    {
        Span<byte> bytes = stackalloc byte[EthereumAddress.Length];
        address.CopyTo(bytes);
        return Hexadecimal.Write(bytes);
    }

    private static void WriteIdentity(DiskFolder folder, KeyIdentity identity) =>
        folder.Replace(IdentityName, identity.ToJson());

    private static string FileName(KeyKind kind) => kind is KeyKind.Device ? "device.key" : "log.key";
}
