namespace Transcode.Engine.Tuning.Devices;

/// <summary>What a device says of itself.</summary>
internal sealed record DeviceDescription
{
    /// <summary>The driver's name.</summary>
    public required string Platform { get; init; }

    /// <summary>The driver's version of OpenCL, and often its own.</summary>
    public required string PlatformVersion { get; init; }

    public required string Name { get; init; }

    public required string Vendor { get; init; }

    public required string DriverVersion { get; init; }

    /// <summary>As <c>OpenCL 1.2 …</c>.</summary>
    public required string Version { get; init; }

    /// <summary><c>FULL_PROFILE</c> or <c>EMBEDDED_PROFILE</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>Whether it is the machine's processor under another name.</summary>
    public required bool IsProcessor { get; init; }

    public required bool IsAvailable { get; init; }

    public required bool HasCompiler { get; init; }

    public required bool IsLittleEndian { get; init; }

    /// <summary>Whether its memory is the machine's own.</summary>
    public required bool SharesMemory { get; init; }

    /// <summary>Whether it takes the option to round quotients and roots of single precision as IEEE 754 says.</summary>
    public required bool CanDivideExactly { get; init; }

    public required int ComputeUnits { get; init; }

    /// <summary>Items a group may have.</summary>
    public required int LargestGroup { get; init; }

    public required long MemoryBytes { get; init; }

    /// <summary>Of one buffer.</summary>
    public required long LargestBufferBytes { get; init; }

    /// <summary>Of a group.</summary>
    public required long LocalMemoryBytes { get; init; }

    /// <summary>What its programs depend on: another driver, or another version of it, makes other binaries.</summary>
    public string Identity => string.Join('\0', Platform, PlatformVersion, Vendor, Name, DriverVersion, Version);
}
