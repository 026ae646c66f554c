using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Vectors;
using Own = Transcode.Engine.Tuning.Vectors.Lanes128<Transcode.Engine.Tuning.Vectors.Instructions.Own>;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Vectors;

/// <summary>What stands in where a machine has no instruction of its own.</summary>
public sealed class PlainInstructionsTests
{
    [Fact]
    public void Products_WithoutInstructionsOfTheirOwn_AreTheSame()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            var a = Vector128.Create((ushort)random.Next(65536));
            var b = Vector128.Create((ushort)random.Next(65536));
            Assert.Equal((ushort)((a[0] * (uint)b[0]) >> 16), PlainInstructions.MultiplyHigh(a, b)[3]);
            Assert.Equal(Own.MultiplyHigh(a, b), PlainInstructions.MultiplyHigh(a, b));
            Assert.Equal((ushort)((((short)a[0] * (short)b[0]) + 16384) >> 15), PlainInstructions.MultiplyRounded(a, b)[7]);
            Assert.Equal(Own.MultiplyRounded(a, b), PlainInstructions.MultiplyRounded(a, b));
            Vector128<ushort> light = Vector128.Create(random.Next(-(1 << 24), 1 << 24), random.Next(1 << 24), -i, i).AsUInt16();
            Vector128<ushort> share = Vector128.Create(random.Next(1 << 18)).AsUInt16();
            Assert.Equal((int)(((long)light.AsInt32()[0] * share.AsInt32()[0]) >> 17), PlainInstructions.MultiplyShifted(light, share, 17).AsInt32()[0]);
            Assert.Equal(Own.MultiplyShifted(light, share, 17), PlainInstructions.MultiplyShifted(light, share, 17));
            Vector128<ushort> other = Vector128.Create((ushort)random.Next(65536), a[1], b[1], 5, 6, 7, 8, 9);
            Assert.Equal(Own.MultiplyAdd(a, other), PlainInstructions.MultiplyAdd(a, other));
        }
    }

    [Fact]
    public void Zips_WithoutInstructionsOfTheirOwn_AreTheSame()
    {
        var a = Vector128.Create((ushort)0xFFF0, 0xFFF1, 0xFFF2, 0xFFF3, 0xFFF4, 0xFFF5, 0xFFF6, 0xFFF7);
        var b = Vector128.Create((ushort)0x8000, 0x8001, 0x8002, 0x8003, 0x8004, 0x8005, 0x8006, 0x8007);
        Assert.Equal(Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]), PlainInstructions.ZipLow(a, b));
        Assert.Equal(Own.ZipLow(a, b), PlainInstructions.ZipLow(a, b));
        Assert.Equal(Own.ZipHigh(a, b), PlainInstructions.ZipHigh(a, b));
        Assert.Equal(Own.ZipLowBytes(a, b), PlainInstructions.ZipLowBytes(a, b));
        Assert.Equal(Own.ZipHighBytes(a, b), PlainInstructions.ZipHighBytes(a, b));
        Assert.Equal(Own.ZipLowInts(a, b), PlainInstructions.ZipLowInts(a, b));
        Assert.Equal(Own.ZipHighInts(a, b), PlainInstructions.ZipHighInts(a, b));
    }
}
