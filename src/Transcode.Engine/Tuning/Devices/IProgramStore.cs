namespace Transcode.Engine.Tuning.Devices;

/// <summary>Where compiled programs are kept from one start to the next. It is a convenience: what it lost, or cannot keep, is
/// compiled again, so that neither method fails. For several threads and processes at once.</summary>
internal interface IProgramStore
{
    /// <summary>What was kept under a key, to the byte; null where nothing whole is.</summary>
    /// <param name="key">Lower-case hexadecimal digits.</param>
    byte[]? Read(string key);

    /// <summary>Keeps it, in place of what was there.</summary>
    void Write(string key, ReadOnlySpan<byte> binary);
}
