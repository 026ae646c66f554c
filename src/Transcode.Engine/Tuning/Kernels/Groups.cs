namespace Transcode.Engine.Tuning.Kernels;

/// <summary>How kernels here run: groups of 32 items across, which are neighbours in a row and read together, and 8 down.</summary>
internal static class Groups
{
    public const int Across = 32;

    public const int Down = 8;

    public static (int Across, int Down) Local => (Across, Down);

    /// <summary>Groups for so many items across and down.</summary>
    public static (int Across, int Down) For(int across, int down) => ((across + Across - 1) / Across, (down + Down - 1) / Down);
}
