using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>All devices of this machine, and what kept some from being one.</summary>
/// <param name="Devices">In the order of the drivers, refused ones among them.</param>
/// <param name="Troubles">What could not even be asked, each with its reason: no OpenCL, no driver, a driver that fails.</param>
internal sealed record DeviceSearch(IReadOnlyList<FoundDevice> Devices, IReadOnlyList<string> Troubles)
{
    /// <summary>Drivers set themselves up at the first call, and some fall over a second one meanwhile (PoCL 3.1 does).</summary>
    private static readonly Lock Gate = new();

    /// <summary>Looks anew. It never fails: what goes wrong is told among the troubles.</summary>
    /// <param name="takesProcessors">As of <see cref="DeviceRules.Refusal"/>.</param>
    public static DeviceSearch Run(bool takesProcessors = false) => Run(OpenCl.Missing, takesProcessors);

    /// <param name="missing">Why there is no OpenCL; null where there is.</param>
    /// <param name="takesProcessors">As of <see cref="DeviceRules.Refusal"/>.</param>
    internal static DeviceSearch Run(string? missing, bool takesProcessors)
    {
        if (missing is not null)
        {
            return new([], [missing]);
        }

        lock (Gate)
        {
            return Look(takesProcessors);
        }
    }

    private static DeviceSearch Look(bool takesProcessors)
    {
        var devices = new List<FoundDevice>();
        var troubles = new List<string>();
        foreach (nint platform in Try(ClPlatform.All, [], "OpenCL's loader", troubles))
        {
            string name = Try(() => ClPlatform.Text(platform, ClPlatform.CL_PLATFORM_NAME), "a driver without a name", "a driver", troubles);
            foreach (nint device in Try(() => ClDevice.All(platform), [], name, troubles))
            {
                if (Try(() => Describe(platform, name, device), null, $"a device of {name}", troubles) is { } description)
                {
                    devices.Add(new(device, description, DeviceRules.Refusal(description, takesProcessors)));
                }
            }
        }

        if (devices.Count == 0 && troubles.Count == 0)
        {
            troubles.Add("OpenCL is here, and no driver with a device.");
        }

        return new(devices, troubles);
    }

    private static T Try<T>(Func<T> ask, T otherwise, string whom, List<string> troubles)
    {
        try
        {
            return ask();
        }
        catch (OpenClException exception)
        {
            troubles.Add($"{whom}: {exception.Message}");
            return otherwise;
        }
    }

    private static DeviceDescription? Describe(nint platform, string platformName, nint device) => new()
    {
        Platform = platformName,
        PlatformVersion = ClPlatform.Text(platform, ClPlatform.CL_PLATFORM_VERSION),
        Name = ClDevice.Text(device, ClDevice.CL_DEVICE_NAME),
        Vendor = ClDevice.Text(device, ClDevice.CL_DEVICE_VENDOR),
        DriverVersion = ClDevice.Text(device, ClDevice.CL_DRIVER_VERSION),
        Version = ClDevice.Text(device, ClDevice.CL_DEVICE_VERSION),
        Profile = ClDevice.Text(device, ClDevice.CL_DEVICE_PROFILE),
        IsProcessor = (ClDevice.Number(device, ClDevice.CL_DEVICE_TYPE) & (long)ClDevice.CL_DEVICE_TYPE_CPU) != 0,
        IsAvailable = ClDevice.Number(device, ClDevice.CL_DEVICE_AVAILABLE) != 0,
        HasCompiler = ClDevice.Number(device, ClDevice.CL_DEVICE_COMPILER_AVAILABLE) != 0,
        IsLittleEndian = ClDevice.Number(device, ClDevice.CL_DEVICE_ENDIAN_LITTLE) != 0,
        SharesMemory = ClDevice.Number(device, ClDevice.CL_DEVICE_HOST_UNIFIED_MEMORY) != 0,
        CanDivideExactly = (ClDevice.Number(device, ClDevice.CL_DEVICE_SINGLE_FP_CONFIG) & (long)ClDevice.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0,
        ComputeUnits = (int)ClDevice.Number(device, ClDevice.CL_DEVICE_MAX_COMPUTE_UNITS),
        LargestGroup = (int)Math.Min(int.MaxValue, ClDevice.Number(device, ClDevice.CL_DEVICE_MAX_WORK_GROUP_SIZE)),
        MemoryBytes = ClDevice.Number(device, ClDevice.CL_DEVICE_GLOBAL_MEM_SIZE),
        LargestBufferBytes = ClDevice.Number(device, ClDevice.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        LocalMemoryBytes = ClDevice.Number(device, ClDevice.CL_DEVICE_LOCAL_MEM_SIZE),
    };
}
