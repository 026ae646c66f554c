using Appliance.Access;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class OwnerTokenTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public void LoadOrCreate_Twice_ShowsTheTokenOnceAndKeepsOnlyItsHash()
    {
        var data = new DataFolder(_folder.Path);
        OwnerToken first = OwnerToken.LoadOrCreate(data, replace: false);
        OwnerToken second = OwnerToken.LoadOrCreate(data, replace: false);

        Assert.Null(second.Fresh);
        Assert.True(second.Admits("Bearer " + first.Fresh));
        Assert.True(second.Admits("bearer " + first.Fresh));
        Assert.DoesNotContain(first.Fresh!, File.ReadAllText(data.OwnerToken), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.OwnerToken));
    }

    [Fact]
    public void LoadOrCreate_Replacing_MakesTheOldTokenWorthless()
    {
        var data = new DataFolder(_folder.Path);
        OwnerToken first = OwnerToken.LoadOrCreate(data, replace: false);
        OwnerToken second = OwnerToken.LoadOrCreate(data, replace: true);

        Assert.False(second.Admits("Bearer " + first.Fresh));
        Assert.True(second.Admits("Bearer " + second.Fresh));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic b3duZXI6")]
    public void Admits_AnythingElse_No(string? authorization) =>
        Assert.False(OwnerToken.LoadOrCreate(new DataFolder(_folder.Path), replace: false).Admits(authorization));

    [Fact]
    public void LoadOrCreate_DamagedHash_IsRefusedAndLeft()
    {
        var data = new DataFolder(_folder.Path);
        File.WriteAllText(data.OwnerToken, "not a hash");

        Assert.Throws<UsageException>(() => OwnerToken.LoadOrCreate(data, replace: false));
        Assert.Equal("not a hash", File.ReadAllText(data.OwnerToken));
    }

    public void Dispose() => _folder.Dispose();
}
