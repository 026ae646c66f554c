using System.Runtime.InteropServices;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>Rows on their way, with room after each for what vectors read and write beyond it.</summary>
internal sealed unsafe class RowBuffers
{
    private const int Alignment = 64;

    private readonly List<byte[]> memory = [];
    private readonly int heldRows;
    private readonly int halfSamples;
    private readonly int* halfCb;
    private readonly int* halfCr;

    /// <param name="width">Pixels a row.</param>
    /// <param name="spare">Room after a row, in samples.</param>
    /// <param name="heldRows">How many rows of halved colour are kept.</param>
    public RowBuffers(int width, int spare, int heldRows)
    {
        this.heldRows = heldRows;
        int samples = width + spare + 2;
        halfSamples = ((width + 1) / 2) + spare;
        Luma = (ushort*)Memory(samples * sizeof(ushort));
        Upper = (ushort*)Memory(samples * sizeof(ushort));
        Lower = (ushort*)Memory(samples * sizeof(ushort));
        Blended = (short*)Memory(samples * sizeof(short));
        FullCb = (short*)Memory(samples * sizeof(short));
        FullCr = (short*)Memory(samples * sizeof(short));
        Mapped = Memory(samples * sizeof(ushort));
        MappedCb = (short*)Memory(samples * sizeof(short));
        MappedCr = (short*)Memory(samples * sizeof(short));
        Signals = (int*)Memory(samples * sizeof(int));
        halfCb = (int*)Memory(heldRows * halfSamples * sizeof(int));
        halfCr = (int*)Memory(heldRows * halfSamples * sizeof(int));
    }

    public ushort* Luma { get; }

    public ushort* Upper { get; }

    public ushort* Lower { get; }

    public short* Blended { get; }

    public short* FullCb { get; }

    public short* FullCr { get; }

    public byte* Mapped { get; }

    public short* MappedCb { get; }

    public short* MappedCr { get; }

    public int* Signals { get; }

    public int* HalfCb(int row) => halfCb + (row % heldRows * halfSamples);

    public int* HalfCr(int row) => halfCr + (row % heldRows * halfSamples);

    private byte* Memory(int bytes)
    {
        byte[] block = GC.AllocateArray<byte>(bytes + Alignment, pinned: true);
        memory.Add(block);
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(block, 0);
        return (byte*)((start + Alignment - 1) / Alignment * Alignment);
    }
}
