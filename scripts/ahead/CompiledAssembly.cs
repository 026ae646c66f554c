using System.Reflection.Metadata;

namespace Ahead;

/// <summary>What an assembly says of itself.</summary>
internal sealed class CompiledAssembly
{
    private readonly Dictionary<TypeDefinitionHandle, string> names = [];

    public CompiledAssembly(MetadataReader metadata)
    {
        Metadata = metadata;
        Name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
        Types = [.. metadata.TypeDefinitions.Select(handle => new DefinedType(this, handle, NameOf(handle)))];
    }

    public MetadataReader Metadata { get; }

    public string Name { get; }

    public IReadOnlyList<DefinedType> Types { get; }

    private string NameOf(TypeDefinitionHandle handle)
    {
        if (!names.TryGetValue(handle, out string? name))
        {
            TypeDefinition type = Metadata.GetTypeDefinition(handle);
            string own = Metadata.GetString(type.Name), space = Metadata.GetString(type.Namespace);
            name = type.GetDeclaringType() is { IsNil: false } outer ? $"{NameOf(outer)}+{own}" : space.Length == 0 ? own : $"{space}.{own}";
            names[handle] = name;
        }

        return name;
    }
}
