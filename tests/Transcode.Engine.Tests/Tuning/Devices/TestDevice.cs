using Transcode.Engine.Tuning.Devices;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

/// <summary>The device that tests of kernels run on: the machine's first that is not refused, be it the processor under another name (PoCL), a
/// simulator (oclgrind) or a real one.</summary>
internal static class TestDevice
{
    private static readonly Lazy<DeviceSearch> Search = new(() => DeviceSearch.Run(takesProcessors: true));

    private static readonly Lazy<DeviceContext?> Opened = new(() =>
        Found is { } device ? DeviceContext.Open(device, new NoProgramStore()) : null);

    /// <summary>Whether every instruction is watched, at a thousandth of the speed.</summary>
    public static bool IsWatched => Found?.Description.Platform == "Oclgrind";

    /// <summary>Whether large pictures, and pictures that lie otherwise, are for one case of each kernel only: on a device that is watched, unless <c>KERNEL_SIZES=all</c> asks for
    /// all.</summary>
    public static bool TakesFewSizes => IsWatched && Environment.GetEnvironmentVariable("KERNEL_SIZES") != "all";

    private static FoundDevice? Found => Search.Value.Devices.FirstOrDefault(device => device.Refusal is null);

    /// <summary>The device, not opened; without one the test is skipped, and says why.</summary>
    public static FoundDevice Any()
    {
        Assert.SkipWhen(Found is null, string.Join("; ", Search.Value.Troubles.Concat(Search.Value.Devices.Select(device => $"{device.Description.Name}: {device.Refusal}"))));
        return Found;
    }

    /// <summary>Shared by all tests, so that each program is built once.</summary>
    public static DeviceContext Context()
    {
        Any();
        return Opened.Value!;
    }

    /// <summary>Memory with what <paramref name="content"/> has.</summary>
    public static DeviceBuffer Buffer(DeviceContext context, DeviceQueue queue, byte[] content)
    {
        DeviceBuffer buffer = DeviceBuffer.OfDevice(context, content.Length);
        queue.WriteNow<byte>(buffer, content);
        return buffer;
    }

    /// <summary>What a buffer has, when all that the queue was given is done.</summary>
    public static unsafe void Read(DeviceQueue queue, DeviceBuffer buffer, byte[] content)
    {
        fixed (byte* to = content)
        {
            using DeviceEvent read = queue.Read(buffer, (nint)to, content.Length);
            read.Wait();
        }
    }
}
