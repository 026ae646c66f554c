using Appliance.Budgets;
using Appliance.Startup;

namespace Appliance.Tests.Budgets;

public sealed class BudgetChoiceTests
{
    [Fact]
    public void Parse_Everything_IsTaken() => Assert.Equal(
        new BoxBudget
        {
            Cores = 2,
            MemoryBytes = 512L << 20,
            Watts = 15.5,
            Celsius = 80,
            Niceness = 5,
            Quiet = new(new(22, 0), new(7, 0)),
            QuietCores = 1,
            Sysfs = "/host/sys",
        },
        BudgetChoice.Parse("cores=2,memory=512M,watts=15.5,celsius=80,niceness=5,quiet=22:00-07:00,quiet-cores=1,sysfs=/host/sys"));

    [Fact]
    public void Parse_Nothing_IsTheDefault() => Assert.Equal(BoxBudget.Default, BudgetChoice.Parse(null));

    [Theory]
    [InlineData("cores=0", "cores=0")]
    [InlineData("memory=100M", "448M")]
    [InlineData("watts=none", "watts=none")]
    [InlineData("celsius=200", "110")]
    [InlineData("niceness=-5", "niceness=-5")]
    [InlineData("quiet=22:00", "quiet=22:00-07:00")]
    [InlineData("quiet=22:00-22:00", "quiet=22:00-07:00")]
    [InlineData("quiet-cores=1", "quiet=HH:MM-HH:MM")]
    [InlineData("cores=1,cores=2", "cores twice")]
    [InlineData("sysfs=sys", "absolute")]
    [InlineData("speed=9", "speed=9")]
    public void Parse_WhatMakesNoSense_IsOneLineThatNamesIt(string text, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => BudgetChoice.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("22:00-07:00", "23:30", true)]
    [InlineData("22:00-07:00", "06:59", true)]
    [InlineData("22:00-07:00", "07:00", false)]
    [InlineData("12:00-13:00", "12:30", true)]
    [InlineData("12:00-13:00", "11:59", false)]
    public void QuietHours_OfANight_PassMidnight(string hours, string now, bool within) =>
        Assert.Equal(within, QuietHours.TryParse(hours)!.Contains(TimeOnly.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
}
