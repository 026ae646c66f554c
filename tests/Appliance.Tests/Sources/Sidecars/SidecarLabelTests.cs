using Appliance.Sources.Sidecars;
using Transcode.Engine.Media;

namespace Appliance.Tests.Sources.Sidecars;

/// <summary>What names of subtitle files say.</summary>
public sealed class SidecarLabelTests
{
    [Theory]
    [InlineData("", null, null, TrackRoles.None)]
    [InlineData(".en", "en", null, TrackRoles.None)]
    [InlineData(".ENG", "ENG", null, TrackRoles.None)]
    [InlineData(".eng.forced", "eng", null, TrackRoles.Forced)]
    [InlineData(".forced.en", "en", null, TrackRoles.Forced)]
    [InlineData(".de.sdh", "de", null, TrackRoles.HearingImpaired)]
    [InlineData(".en.hi", "en", null, TrackRoles.HearingImpaired)]
    [InlineData(".hi", "hi", null, TrackRoles.None)]
    [InlineData(".cc", null, null, TrackRoles.HearingImpaired)]
    [InlineData(".fr.Commentary", "fr", null, TrackRoles.Commentary)]
    [InlineData(".default.sv", "sv", null, TrackRoles.Default)]
    [InlineData(".pt-BR", "pt-BR", null, TrackRoles.None)]
    [InlineData(".zh-Hans.Simplified", "zh-Hans", "Simplified", TrackRoles.None)]
    [InlineData(".gle", "gle", null, TrackRoles.None)]
    [InlineData(".HD", null, "HD", TrackRoles.None)]
    [InlineData(".Director's cut.2", null, "Director's cut 2", TrackRoles.None)]
    [InlineData(".und", null, "und", TrackRoles.None)]
    [InlineData(".en.de", "en", "de", TrackRoles.None)]
    public void Label_OfAName_IsWhatItSays(string words, string? language, string? title, TrackRoles roles) =>
        Assert.Equal(new(language, title, roles), SidecarLabel.Of(words));
}
