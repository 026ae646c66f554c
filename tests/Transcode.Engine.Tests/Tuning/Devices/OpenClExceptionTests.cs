using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tuning.Devices;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

[Collection(OpenClCollection.Name)]
public sealed class OpenClExceptionTests
{
    [Fact]
    public void Message_SaysCallAndCodeByName()
    {
        Assert.Equal("clFinish: CL_OUT_OF_RESOURCES (-5)", new OpenClException(-5, "clFinish").Message);
        Assert.Equal("clBuildProgram: CL_BUILD_PROGRAM_FAILURE (-11): line 1", new OpenClException(-11, "clBuildProgram", "line 1").Message);
        Assert.Equal("clFinish: no code of OpenCL's (-4711)", new OpenClException(-4711, "clFinish").Message);
    }

    [Theory]
    [InlineData(-2, "clEnqueueNDRangeKernel", true)]
    [InlineData(-14, "clWaitForEvents", true)]
    [InlineData(-34, "clCreateBuffer", true)]
    [InlineData(-36, "clEnqueueNDRangeKernel", true)]
    [InlineData(-9999, "clEnqueueReadBuffer", true)]
    [InlineData(-5, "clFinish", true)]
    [InlineData(-5, "clWaitForEvents", true)]
    [InlineData(-5, "clEnqueueNDRangeKernel", false)]
    [InlineData(-4, "clCreateBuffer", false)]
    [InlineData(-6, "clFinish", false)]
    [InlineData(-11, "clBuildProgram", false)]
    public void Loss_OfTheDevice_IsToldFromOtherFailures(int code, string call, bool lost) =>
        Assert.Equal(lost, new OpenClException(code, call).IsDeviceLost);

    /// <summary>What a real driver says.</summary>
    [Fact]
    public void Device_AskedForWhatItHasNot_SaysSoByName()
    {
        DeviceContext context = TestDevice.Context();

        OpenClException noBuffer = Assert.Throws<OpenClException>(() => DeviceBuffer.OfDevice(context, 0));
        Assert.StartsWith("clCreateBuffer: CL_INVALID_BUFFER_SIZE (-61)", noBuffer.Message, StringComparison.Ordinal);
        OpenClException noKernel = Assert.Throws<OpenClException>(() => context.NewKernel("copy", "copy_nothing"));
        Assert.Equal("clCreateKernel: CL_INVALID_KERNEL_NAME (-46): copy_nothing", noKernel.Message);
        using DeviceKernel kernel = context.NewKernel("copy", "copy_rows");
        using DeviceQueue queue = context.NewQueue();
        OpenClException noArguments = Assert.Throws<OpenClException>(() => queue.Run(kernel, (1, 1), (32, 8)));
        Assert.Equal("clEnqueueNDRangeKernel", noArguments.Call);
        Assert.False(noArguments.IsDeviceLost);
        Assert.Throws<ArgumentException>(() => context.NewKernel("no such program", "copy_rows"));
    }
}
