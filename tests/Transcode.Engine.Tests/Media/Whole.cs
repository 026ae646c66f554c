namespace Transcode.Engine.Tests.Media;

/// <summary>Whether the long form of tests is asked for: <c>./test --whole</c>, which also runs the rows that are marked as explicit.</summary>
internal static class Whole
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("TEST_WHOLE") == "1";
}
