namespace Transcode.Engine.Workers;

/// <summary>How paths are tried.</summary>
public sealed record HardwareProbeOptions
{
    /// <summary>The program to run; by default this process's own executable.</summary>
    public string WorkerPath { get; init; } = new WorkerPoolOptions().WorkerPath;

    /// <summary>Its arguments, before those of the probe.</summary>
    public IReadOnlyList<string> WorkerArguments { get; init; } = new WorkerPoolOptions().WorkerArguments;

    /// <summary>In pixels, even.</summary>
    public int Width { get; init; } = 1920;

    /// <summary>In pixels, even.</summary>
    public int Height { get; init; } = 1080;

    /// <summary>The longest one path may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest libav may take to say what it has.</summary>
    public TimeSpan ListLimit { get; init; } = TimeSpan.FromSeconds(30);
}
