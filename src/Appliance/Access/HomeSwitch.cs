using System.Text.Json;
using Appliance.Startup;

namespace Appliance.Access;

/// <summary>Whether the home network may play without a credential.</summary>
internal sealed class HomeSwitch
{
    private readonly KeptFile file;

    /// <exception cref="UsageException">What the owner decided cannot be read.</exception>
    public HomeSwitch(AccessFolder folder)
    {
        file = folder.Settings;
        try
        {
            IsOpen = file.Read() is not { } kept || JsonSerializer.Deserialize(kept, AccessJson.Default.AccessSettings) is { HomeIsOpen: true };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{file.Path}, which says whether the home network may play, cannot be read: {exception.Message} Mend it, or remove it, which opens playing.");
        }
    }

    /// <summary>As it is until the owner says otherwise: open.</summary>
    public bool IsOpen { get; private set; }

    /// <exception cref="IOException">It cannot be written down; then it stays as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Set(bool isOpen)
    {
        file.Write(JsonSerializer.SerializeToUtf8Bytes(new AccessSettings(isOpen), AccessJson.Default.AccessSettings));
        IsOpen = isOpen;
    }
}
