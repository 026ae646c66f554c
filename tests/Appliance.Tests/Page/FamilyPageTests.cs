using Appliance.Tests.Hosting;

namespace Appliance.Tests.Page;

/// <summary>The page, as a family and as its owner have it.</summary>
public sealed class FamilyPageTests(ITestOutputHelper output)
{
    /// <summary>From the console's code over search, sound and subtitles to another browser that goes on, and the earnings.</summary>
    [Fact]
    public async Task Page_FromTheFirstStartToTheSecondEvening_IsAllThatIsNeeded() =>
        await Scripts.SucceedsAsync(output, "node", Scripts.OfBrowser("family.mjs"), "--program", House.Program);

    /// <summary>Taps, double taps and drags; full screen, speed, theme and language.</summary>
    [Fact]
    public async Task Page_ByAFinger_PlaysSkipsAndLooksAsChosen() =>
        await Scripts.SucceedsAsync(output, "node", Scripts.OfBrowser("touch.mjs"), "--program", House.Program);

    /// <summary>Every screen by the rules of WCAG 2.2 AA: by a finger and from afar, dark the one and light the other.</summary>
    [Fact]
    public async Task Page_EveryScreen_BreaksNoRuleOfAccessibility() =>
        await Scripts.SucceedsAsync(output, "node", Scripts.OfBrowser("axe.mjs"), "--program", House.Program, "--only", "phone-dark|television-light");

    /// <summary>The rest: what is dark above light, and the other way round, and a tablet in both.</summary>
    [Fact(Explicit = true)]
    public async Task Page_EveryScreenInTheOtherThemeAndOnATablet_BreaksNoRuleOfAccessibility() =>
        await Scripts.SucceedsAsync(output, "node", Scripts.OfBrowser("axe.mjs"), "--program", House.Program, "--only", "phone-light|tablet|television-dark");

    /// <summary>Each language has every string, and no other file says anything.</summary>
    [Fact]
    public async Task Page_Words_AreInOnePlaceAndInEveryLanguage() => await Scripts.SucceedsAsync(output, "node", "--test", Scripts.OfBrowser("strings.test.mjs"));
}
