using Appliance.Metrics;

namespace Appliance.Tests.Metrics;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("say \"so\"", "say \\\"so\\\"")]
    [InlineData("C:\\films", "C:\\\\films")]
    [InlineData("two\nlines", "two\\nlines")]
    public void Escaped_WhatALabelMayHold_IsWrittenAsTheFormatSays(string value, string written) =>
        Assert.Equal(written, PrometheusNames.Escaped(value));
}
