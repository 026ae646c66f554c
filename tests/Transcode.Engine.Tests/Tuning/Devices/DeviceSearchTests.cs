using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tuning.Devices;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

[Collection(OpenClCollection.Name)]
public sealed class DeviceSearchTests
{
    private static readonly DeviceDescription Good = new()
    {
        Platform = "A platform",
        PlatformVersion = "OpenCL 3.0 A 1.0",
        Name = "A device",
        Vendor = "A maker",
        DriverVersion = "1.0",
        Version = "OpenCL 1.2",
        Profile = "FULL_PROFILE",
        IsProcessor = false,
        IsAvailable = true,
        HasCompiler = true,
        IsLittleEndian = true,
        CanDivideExactly = true,
        SharesMemory = false,
        ComputeUnits = 8,
        LargestGroup = 256,
        MemoryBytes = 4L << 30,
        LargestBufferBytes = 1L << 30,
        LocalMemoryBytes = 32 * 1024,
    };

    public static TheoryData<string> Faults => new(Broken.Keys);

    private static Dictionary<string, DeviceDescription> Broken => new()
    {
        ["not available"] = Good with { IsAvailable = false },
        ["embedded profile"] = Good with { Profile = "EMBEDDED_PROFILE" },
        ["OpenCL 1.2 is needed"] = Good with { Version = "OpenCL 1.1 A" },
        ["it has what nobody knows"] = Good with { Version = "what nobody knows" },
        ["no compiler"] = Good with { HasCompiler = false },
        ["highest byte"] = Good with { IsLittleEndian = false },
        ["128 items"] = Good with { LargestGroup = 128 },
        ["16384 bytes of memory"] = Good with { LocalMemoryBytes = 16 * 1024 },
        ["128 MiB of memory"] = Good with { MemoryBytes = 128 << 20 },
        ["16 MiB"] = Good with { LargestBufferBytes = 16 << 20 },
        ["own processor"] = Good with { IsProcessor = true },
    };

    [Theory]
    [InlineData("OpenCL 1.2")]
    [InlineData("OpenCL 2.0 A 1.0")]
    [InlineData("OpenCL 3.0")]
    public void Device_ThatHasAllOfIt_IsTaken(string version) =>
        Assert.Null(DeviceRules.Refusal(Good with { Version = version }, takesProcessors: false));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Device_ThatLacksSomething_IsRefusedByWhatItLacks(string reason)
    {
        Assert.Contains(reason, DeviceRules.Refusal(Broken[reason], takesProcessors: false), StringComparison.Ordinal);
        Assert.Equal(reason == "own processor", DeviceRules.Refusal(Broken[reason], takesProcessors: true) is null);
    }

    [Fact]
    public void Machine_WithoutOpenCl_HasAReasonAndNoError()
    {
        string? missing = OpenCl.WhyMissing("libOpenCL-of-another-machine.so.1");
        DeviceSearch search = DeviceSearch.Run(missing, takesProcessors: true);

        Assert.Empty(search.Devices);
        Assert.Contains("ocl-icd-libopencl1", Assert.Single(search.Troubles), StringComparison.Ordinal);
    }

    /// <summary>Whatever this machine has, every device is told, and those of the processor alone are refused where no test asks.</summary>
    [Fact]
    public void Machine_AsItIs_TellsOfEveryDeviceOrWhyThereIsNone()
    {
        DeviceSearch search = DeviceSearch.Run();

        Assert.True(search.Devices.Count > 0 || search.Troubles.Count > 0);
        Assert.All(search.Devices, device =>
        {
            Assert.NotEmpty(device.Description.Name);
            Assert.StartsWith("OpenCL ", device.Description.Version, StringComparison.Ordinal);
            Assert.True(!device.Description.IsProcessor || device.Refusal is not null);
        });
    }

    [Fact]
    public void Device_ThatIsRefused_IsNotOpened()
    {
        var refused = new FoundDevice(0, Good, "it is made of paper");

        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => DeviceContext.Open(refused, new NoProgramStore()));
        Assert.Equal("A device: it is made of paper", exception.Message);
    }
}
