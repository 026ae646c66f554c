using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Planes;

/// <summary>What stands in where a machine has no instruction of its own.</summary>
public sealed class PlainWordsTests
{
    [Fact]
    public void Products_WithoutInstructionsOfTheirOwn_AreTheSame()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            var a = Vector128.Create((ushort)random.Next(65536));
            var b = Vector128.Create((ushort)random.Next(65536));
            Assert.Equal((ushort)((a[0] * (uint)b[0]) >> 16), PlainWords.MultiplyHigh(a, b)[3]);
            Assert.Equal(Words128.MultiplyHigh(a, b), PlainWords.MultiplyHigh(a, b));
            Assert.Equal((ushort)((((short)a[0] * (short)b[0]) + 16384) >> 15), PlainWords.MultiplyRounded(a, b)[7]);
            Assert.Equal(Words128.MultiplyRounded(a, b), PlainWords.MultiplyRounded(a, b));
            Vector128<ushort> other = Vector128.Create((ushort)random.Next(65536), a[1], b[1], 5, 6, 7, 8, 9);
            Assert.Equal(Words128.MultiplyAdd(a, other), PlainWords.MultiplyAdd(a, other));
        }
    }
}
