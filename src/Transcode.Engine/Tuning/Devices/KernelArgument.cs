namespace Transcode.Engine.Tuning.Devices;

/// <summary>What a kernel is given in one place: memory, a number, or room of its group's own.</summary>
internal readonly struct KernelArgument
{
    private KernelArgument(DeviceBuffer? buffer, int number, int localBytes) => (Buffer, Number, LocalBytes) = (buffer, number, localBytes);

    public DeviceBuffer? Buffer { get; }

    /// <summary>An int, or the bits of a float.</summary>
    public int Number { get; }

    public int LocalBytes { get; }

    public static implicit operator KernelArgument(DeviceBuffer buffer) => new(buffer, 0, 0);

    public static implicit operator KernelArgument(int number) => new(null, number, 0);

    public static implicit operator KernelArgument(float number) => new(null, BitConverter.SingleToInt32Bits(number), 0);

    /// <param name="bytes">Of each group, one at least.</param>
    public static KernelArgument Local(int bytes) => new(null, 0, bytes);
}
