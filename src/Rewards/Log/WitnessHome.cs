using System.Security.Cryptography;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>A witness with its key and its memory on disk, which belong together: a key without what it cosigned could cosign another past.</summary>
/// <remarks>
/// The order of a first start, and what a crash at each step leaves:
/// 1. an empty memory: nothing was cosigned, and the next start takes it up;
/// 2. the key: from here on a memory that is not there is lost.
/// </remarks>
public sealed class WitnessHome : IDisposable
{
    private const string NamePrefix = "appliance/witness/";

    /// <summary>Bytes of the public key that its name has.</summary>
    private const int NamedBytes = 8;

    private readonly FileStream _lock;
    private readonly LogKey _key;

    private WitnessHome(FileStream @lock, LogKey key, LogWitness witness)
    {
        _lock = @lock;
        _key = key;
        Witness = witness;
    }

    public LogWitness Witness { get; }

    /// <summary>Opens a witness, or makes one where there is neither key nor memory.</summary>
    /// <param name="keyFile">The key, in a folder that must exist.</param>
    /// <param name="state">The folder of what it saw; it must exist and holds nothing else.</param>
    /// <param name="logs">Those watched; a log's name is its key's.</param>
    /// <param name="time">The clock that cosignatures tell.</param>
    /// <exception cref="KeyException">The key is lost, open to others, or unreadable. Nothing was made in its place.</exception>
    /// <exception cref="LogException">What it saw is lost or unreadable, or another process has it.</exception>
    public static WitnessHome Open(string keyFile, string state, IReadOnlyList<NoteKey> logs, TimeProvider time)
    {
        FileStream @lock = LogLock.Take(state, "witness");
        try
        {
            LogKey key = OpenKey(Path.GetFullPath(keyFile), state);
            try
            {
                string name = NamePrefix + Convert.ToHexStringLower(key.PublicKey[..NamedBytes]);
                return new(@lock, key, LogWitness.Open(state, name, key, logs, time));
            }
            catch
            {
                key.Dispose();
                throw;
            }
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        _lock.Dispose();
    }

    private static LogKey OpenKey(string keyFile, string state)
    {
        var folder = new DiskFolder(Path.GetDirectoryName(keyFile)!);
        var memory = new FileInfo(Path.Combine(state, LogWitness.Name));
        if (KeyFile.Read(folder, keyFile, KeyKind.Log) is { } kept)
        {
            return memory.Exists
                ? LogKey.FromSecret(kept)
                : throw new LogException(
                    $"What {keyFile} cosigned is lost: {memory.FullName} is not there. Nothing is cosigned: restore it from a copy, or begin with a new key. "
                    + "For a key that never cosigned, put an empty file in its place.");
        }

        if (memory is { Exists: true, Length: > 0 })
        {
            throw new KeyException($"The witness' key is lost: {keyFile} is not there, and {memory.FullName} says what it cosigned. Nothing was made in its place: restore it from a copy.");
        }

        try
        {
            LogKey key = LogKey.Create();
            byte[] secret = key.CopySecret();
            new DiskFolder(state).Replace(LogWitness.Name, []);
            KeyFile.Write(folder, Path.GetFileName(keyFile), KeyKind.Log, secret);
            CryptographicOperations.ZeroMemory(secret);
            return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The witness' key {keyFile} cannot be made: {exception.Message}", exception);
        }
    }
}
