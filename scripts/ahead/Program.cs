namespace Ahead;

/// <summary>Writes which methods a release has compiled ahead, in the form that .NET's compiler takes.</summary>
/// <remarks>Usage: <c>Ahead FOLDER LIST OUTPUT OWN…</c>: the release's assemblies, the list of methods (<c>methods.txt</c>), what to write, and the names of assemblies that are compiled as a
/// whole.</remarks>
internal static class Program
{
    private const int BadUsage = 2;

    public static int Main(string[] arguments)
    {
        if (arguments is not [var folder, var list, var output, .. var own])
        {
            Console.Error.WriteLine("Usage: Ahead FOLDER LIST OUTPUT OWN…");
            return BadUsage;
        }

        using var assemblies = AssemblyFolder.Open(folder);
        var profile = new MethodProfile(assemblies);
        int known = 0, unknown = 0;
        Enumerations enumerations = Enumerations.OfJson(assemblies, own);
        foreach (MethodName method in MethodList.Read(File.ReadLines(list)).SelectMany(enumerations.Meant))
        {
            // What another version of a library had is no fault: it is compiled when it runs.
            _ = profile.TryAdd(method) ? known++ : unknown++;
        }

        foreach (string name in own)
        {
            profile.AddAllOf(name);
        }

        File.WriteAllBytes(output, profile.ToBytes());
        Console.WriteLine($"{known} of {known + unknown} listed methods are there; {profile.Count} are compiled ahead.");
        return 0;
    }
}
