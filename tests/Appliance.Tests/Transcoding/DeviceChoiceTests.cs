using Appliance.Jobs.Command;
using Appliance.Startup;
using Appliance.Transcoding;
using Transcode.Engine.Workers;
using Xunit;

namespace Appliance.Tests.Transcoding;

public sealed class DeviceChoiceTests
{
    [Fact]
    public void Choice_IsWhatWasWritten()
    {
        Assert.Equal(DeviceUse.Graphics, DeviceChoice.Parse(null));
        Assert.Equal(DeviceUse.Graphics, DeviceChoice.Parse("auto"));
        Assert.Equal(DeviceUse.None, DeviceChoice.Parse("off"));
        Assert.Equal("--gpu wants auto (where it is quicker) or off, not cuda.", Assert.Throws<UsageException>(() => DeviceChoice.Parse("cuda")).Message);
    }

    [Fact]
    public void Choice_OfABoxAndOfAJob_IsTheirOwn()
    {
        var box = Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(["--gpu", "off", "--data", "state"], _ => null));

        Assert.Equal(DeviceUse.None, box.Options.Device);
        Assert.Equal(DeviceUse.None, TranscodeOptions.Parse(["film.mp4", "--out", "film", "--gpu=off"])!.Device);
        Assert.Equal(DeviceUse.Graphics, TranscodeOptions.Parse(["film.mp4", "--out", "film"])!.Device);
    }
}
