using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Network.Pcp;
using Appliance.Storage;

namespace Appliance.Network;

/// <summary>Keeps what the owner said, and tells who waits when he says something else.</summary>
internal sealed class NetworkSettingsFile
{
    private const long LargestBytes = 64 << 10;

    private readonly string _path;
    private readonly Lock _lock = new();
    private StoredNetwork _stored;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NetworkSettingsFile(DataFolder data)
    {
        _path = data.Network;
        (_stored, Damage) = Load(_path);
    }

    /// <summary>Why what was kept is not obeyed; null where it is, or there was nothing. Whoever opens a home to the Internet does not guess.</summary>
    public string? Damage { get; private set; }

    public NetworkSettings Now
    {
        get
        {
            lock (_lock)
            {
                return _stored.Settings;
            }
        }
    }

    public byte[] Nonce => _stored.Nonce;

    /// <summary>Ends at the next change. To be taken before <see cref="Now"/>, so that none is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <exception cref="IOException">It cannot be written down, and nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written down, and nothing has changed.</exception>
    public void Set(NetworkSettings settings)
    {
        lock (_lock)
        {
            StoredNetwork stored = _stored with { Settings = settings };
            DurableFile.Write(_path, [JsonSerializer.SerializeToUtf8Bytes(stored, NetworkJson.Default.StoredNetwork)], UnixFileMode.UserRead | UnixFileMode.UserWrite);
            _stored = stored;
            Damage = null;
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static (StoredNetwork Stored, string? Damage) Load(string path)
    {
        var fresh = new StoredNetwork(NetworkSettings.Default, RandomNumberGenerator.GetBytes(PcpMessage.NonceBytes));
        try
        {
            if (!File.Exists(path))
            {
                return (fresh, null);
            }

            StoredNetwork? stored = new FileInfo(path).Length <= LargestBytes ? JsonSerializer.Deserialize(File.ReadAllBytes(path), NetworkJson.Default.StoredNetwork) : null;
            return stored is { Settings: { } settings, Nonce.Length: PcpMessage.NonceBytes } && NetworkRequest.Mistake(settings) is null
                ? (stored, null)
                : (fresh, $"{path} is damaged: say anew what you want.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return (fresh, $"{path} cannot be read: {exception.Message}");
        }
    }
}
