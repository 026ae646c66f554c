using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>Everything that reads foreign bytes, for a short while; <c>tests/fuzz/run</c> does it for as long as one likes.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const string Inputs = "20000";

    [Fact]
    public async Task Readers_AlmostRight_RefuseOrRead()
    {
        using var folder = new ScratchFolder();
        (int code, string said) = await House.RunAsync(House.Beside("Appliance.Fuzz"), "--inputs", Inputs, "--seed", "11", "--kept", folder.Path);

        output.WriteLine(said);
        Assert.True(code == 0, said);
    }
}
