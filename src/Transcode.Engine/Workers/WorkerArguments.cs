using System.Globalization;

namespace Transcode.Engine.Workers;

/// <summary>The command line of a worker process.</summary>
/// <param name="ParentProcess">The process whose end is the worker's end, or 0.</param>
/// <param name="MemoryLimitBytes">Limit of private writable memory.</param>
/// <param name="Measures">Which lock-in measures to apply: all, except where one is proved by itself.</param>
/// <param name="ProveLockIn">Try the lock instead of serving.</param>
/// <param name="Device">What pictures may be made on beside the processor.</param>
/// <param name="ProgramFolder">Where programs for devices are kept; null for nowhere.</param>
internal sealed record WorkerArguments(
    int ParentProcess, long MemoryLimitBytes, IReadOnlyList<string> Measures, bool ProveLockIn, DeviceUse Device, string? ProgramFolder)
{
    public const string Parent = "--parent=";
    public const string MemoryLimit = "--memory-limit-bytes=";
    public const string DeviceName = "--device=";
    public const string Programs = "--programs=";
    public const string Encoder = "--encoder=";
    public const string Decoder = "--decoder=";
    public const string Prove = "--prove-lock-in";

    /// <summary>A device's encoder that is opened before the lock closes: libav's name and the device's node; null for none.</summary>
    public (string Codec, string? Node)? DeviceEncoder { get; init; }

    /// <summary>Devices' decoders that are opened before the lock closes, each as <see cref="Hardware.CodingPath"/> has it.</summary>
    public IReadOnlyList<Hardware.CodingPath> Decoders { get; init; } = [];

    public const long DefaultMemoryLimitBytes = 2L << 30;

    /// <exception cref="FormatException">An argument is not known or not a number.</exception>
    public static WorkerArguments Parse(IEnumerable<string> arguments)
    {
        var parsed = new WorkerArguments(0, DefaultMemoryLimitBytes, LockIn.All, ProveLockIn: false, DeviceUse.None, ProgramFolder: null);
        foreach (string argument in arguments)
        {
            parsed = argument switch
            {
                "worker" => parsed,
                _ when argument.StartsWith(Parent, StringComparison.Ordinal) =>
                    parsed with { ParentProcess = int.Parse(argument.AsSpan(Parent.Length), NumberStyles.None, CultureInfo.InvariantCulture) },
                _ when argument.StartsWith(MemoryLimit, StringComparison.Ordinal) =>
                    parsed with { MemoryLimitBytes = long.Parse(argument.AsSpan(MemoryLimit.Length), NumberStyles.None, CultureInfo.InvariantCulture) },
                _ when argument.StartsWith(DeviceName, StringComparison.Ordinal) && Enum.TryParse(argument[DeviceName.Length..], out DeviceUse use) =>
                    parsed with { Device = use },
                _ when argument.StartsWith(Programs, StringComparison.Ordinal) => parsed with { ProgramFolder = argument[Programs.Length..] },
                _ when argument.StartsWith(Encoder, StringComparison.Ordinal) && argument[Encoder.Length..].Split(',') is [{ Length: > 0 } codec, var node] =>
                    parsed with { DeviceEncoder = (codec, node.Length == 0 ? null : node) },
                _ when argument.StartsWith(Decoder, StringComparison.Ordinal) =>
                    parsed with { Decoders = [.. parsed.Decoders, Hardware.CodingPath.Parse(argument[Decoder.Length..])] },
                Prove => parsed with { ProveLockIn = true },
                // A subset of the measures can only be asked for together with the proof, never for a worker that serves.
                _ when argument.StartsWith(Prove + "=", StringComparison.Ordinal) =>
                    parsed with { ProveLockIn = true, Measures = argument[(Prove.Length + 1)..].Split(',') },
                _ => throw new FormatException($"'{WorkerText.Clean(argument)}' is not an argument of a worker."),
            };
        }

        return parsed;
    }
}
