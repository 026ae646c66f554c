using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ahead;

/// <summary>Assemblies in a folder, and the types in them.</summary>
internal sealed class AssemblyFolder : IDisposable
{
    private readonly List<PEReader> files = [];
    private readonly List<CompiledAssembly> assemblies = [];
    private readonly Dictionary<string, List<DefinedType>> types = [];

    private AssemblyFolder()
    {
    }

    /// <param name="folder">Files that are no assemblies are passed over.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AssemblyFolder Open(string folder)
    {
        var opened = new AssemblyFolder();
        foreach (string path in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            opened.Add(path);
        }

        return opened;
    }

    /// <summary>Types of a name, generic over so many; private ones of several assemblies may share it.</summary>
    public IEnumerable<DefinedType> Find(TypeName name) =>
        types.GetValueOrDefault(name.Name, []).Where(type => type.Arity == name.Arguments.Count);

    /// <returns>Null where there is none.</returns>
    public CompiledAssembly? Named(string name) => assemblies.FirstOrDefault(assembly => assembly.Name == name);

    public void Dispose() => files.ForEach(file => file.Dispose());

    private void Add(string path)
    {
        var file = new PEReader(File.OpenRead(path));
        files.Add(file);
        if (!file.HasMetadata || file.GetMetadataReader() is not { IsAssembly: true } metadata)
        {
            return;
        }

        var assembly = new CompiledAssembly(metadata);
        assemblies.Add(assembly);
        foreach (DefinedType type in assembly.Types)
        {
            if (!types.TryGetValue(type.Name, out List<DefinedType>? same))
            {
                types[type.Name] = same = [];
            }

            same.Add(type);
        }
    }
}
