using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

[Collection(OpenClCollection.Name)]
public sealed class ProgramBuilderTests
{
    [Fact]
    public void Program_OnceBuilt_ComesFromTheStore()
    {
        var store = new MemoryStore();
        Assert.Equal(0, Open(store));
        Assert.Single(store.Kept);
        Assert.Equal(1, Open(store));
    }

    /// <summary>What a driver does not take, or no longer, is built again and kept in its place.</summary>
    [Fact]
    public void Program_ThatTheDriverRefuses_IsBuiltAgain()
    {
        var store = new MemoryStore();
        Open(store);
        string key = store.Kept.Keys.Single();
        byte[] whole = store.Kept[key];
        store.Kept[key] = [1, 2, 3, 4, 5, 6, 7, 8];

        Assert.Equal(0, Open(store));
        Assert.Equal(whole.Length, store.Kept[key].Length);
        Assert.Equal(1, Open(store));
    }

    [Fact]
    public void Key_OfAProgram_IsOfAllItDependsOn()
    {
        DeviceDescription device = TestDevice.Any().Description;
        string[] keys =
        [
            ProgramBuilder.KeyOf("a", "b", device),
            ProgramBuilder.KeyOf("ab", "", device),
            ProgramBuilder.KeyOf("a", "c", device),
            ProgramBuilder.KeyOf("a", "b", device with { DriverVersion = "another" }),
            ProgramBuilder.KeyOf("a", "b", device with { Name = "another" }),
            ProgramBuilder.KeyOf("a", "b", device with { Version = "OpenCL 9.9" }),
            ProgramBuilder.KeyOf("a", "b", device with { PlatformVersion = "another" }),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{64}$", key));
        Assert.Equal(keys[0], ProgramBuilder.KeyOf("a", "b", device));
    }

    [Fact]
    public void Text_ThatDoesNotCompile_SaysWhatTheCompilerSays()
    {
        FoundDevice device = TestDevice.Any();
        var builder = new ProgramBuilder(TestDevice.Context().Handle, device, new NoProgramStore());

        OpenClException exception = Assert.Throws<OpenClException>(() => builder.Build("__kernel void broken(__global int *to) { to[0] = unheard_of; }", out _));
        Assert.Equal(ClError.CL_BUILD_PROGRAM_FAILURE, exception.Code);
        Assert.Contains("unheard_of", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Every program of ours compiles without a warning: warnings are errors.</summary>
    [Fact]
    public void Programs_AllOfThem_Compile()
    {
        var builder = new ProgramBuilder(TestDevice.Context().Handle, TestDevice.Any(), new NoProgramStore());
        Assert.NotEmpty(KernelSource.Names);
        Assert.All(KernelSource.Names, name => builder.Build(KernelSource.Of(name), out _).Dispose());
    }

    /// <summary>Programs that came from the store.</summary>
    private static int Open(IProgramStore store)
    {
        using DeviceContext context = DeviceContext.Open(TestDevice.Any(), store);
        context.NewKernel("copy", "copy_rows").Dispose();
        context.NewKernel("copy", "copy_rows").Dispose();
        return context.ProgramsFromStore;
    }

    private sealed class MemoryStore : IProgramStore
    {
        public Dictionary<string, byte[]> Kept { get; } = [];

        public byte[]? Read(string key) => Kept.GetValueOrDefault(key);

        public void Write(string key, ReadOnlySpan<byte> binary) => Kept[key] = binary.ToArray();
    }
}
