using System.Runtime.InteropServices;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>A table that vectors read by its address.</summary>
internal sealed unsafe class PinnedTable
{
    private readonly int[] memory;

    public PinnedTable(ReadOnlySpan<int> entries)
    {
        memory = GC.AllocateUninitializedArray<int>(entries.Length, pinned: true);
        entries.CopyTo(memory);
        Start = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
    }

    /// <summary>From now on these stand there.</summary>
    /// <param name="entries">As many as there were.</param>
    public void Replace(ReadOnlySpan<int> entries) => entries.CopyTo(memory);

    /// <summary>Good as long as this is held.</summary>
    public int* Start { get; }
}
