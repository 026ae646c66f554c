using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;

namespace Transcode.Engine.Tests.Tuning.Kernels;

/// <summary>A test's picture on the device, gaps and all.</summary>
internal sealed class KernelPicture(DeviceContext context, DeviceQueue queue, TestPicture picture) : IDisposable
{
    private readonly DeviceBuffer buffer = TestDevice.Buffer(context, queue, picture.Memory);

    public PicturePlanes Planes => new(buffer, picture.Shape);

    /// <summary>Brings it back into the test's picture.</summary>
    public void Read() => TestDevice.Read(queue, buffer, picture.Memory);

    public void Dispose() => buffer.Dispose();
}
