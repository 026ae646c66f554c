namespace Transcode.Engine.Tuning.Devices;

/// <summary>Keeps nothing: every start compiles.</summary>
internal sealed class NoProgramStore : IProgramStore
{
    public byte[]? Read(string key) => null;

    public void Write(string key, ReadOnlySpan<byte> binary)
    {
    }
}
