namespace Appliance.Tests.Hosting;

/// <summary>The repository's own commands, and the judges that are written in JavaScript.</summary>
internal static class Scripts
{
    /// <summary>Runs a program that must end well, and keeps what it printed.</summary>
    public static async Task SucceedsAsync(ITestOutputHelper output, string program, params string[] arguments)
    {
        (int code, string printed) = await House.RunAsync(program, arguments);
        output.WriteLine(printed);
        Assert.True(code == 0, printed);
    }

    /// <summary>A script of tests/browser; skips the test where it cannot run.</summary>
    public static string OfBrowser(string name)
    {
        Assert.SkipUnless(House.HasProgram("chromium"), "Chromium is not on this machine.");
        return Path.Combine(Packaged("browser"), name);
    }

    /// <summary>The judge that reads with parsers that others wrote; skips the test where it cannot run.</summary>
    public static string OfOracles() => OfOracles("check.mjs");

    /// <summary>A script of tests/oracles; skips the test where it cannot run.</summary>
    public static string OfOracles(params string[] path) => Path.Combine([Packaged("oracles"), .. path]);

    private static string Packaged(string folder)
    {
        string path = House.At("tests", folder);
        Assert.SkipUnless(Directory.Exists(Path.Combine(path, "node_modules")), $"The npm packages of tests/{folder} are not installed.");
        return path;
    }
}
