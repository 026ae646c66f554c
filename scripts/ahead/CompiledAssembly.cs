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

    /// <summary>The name of a type that is defined or referred to here; null of any other.</summary>
    public string? NameOf(EntityHandle type)
    {
        if (type.Kind != HandleKind.TypeReference)
        {
            return type.Kind == HandleKind.TypeDefinition ? NameOf((TypeDefinitionHandle)type) : null;
        }

        TypeReference reference = Metadata.GetTypeReference((TypeReferenceHandle)type);
        return Joined(reference.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(reference.ResolutionScope) : null, reference.Namespace, reference.Name);
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        if (!names.TryGetValue(handle, out string? name))
        {
            TypeDefinition type = Metadata.GetTypeDefinition(handle);
            name = Joined(type.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) : null, type.Namespace, type.Name);
            names[handle] = name;
        }

        return name;
    }

    private string Joined(string? outer, StringHandle spaceOf, StringHandle nameOf)
    {
        string own = Metadata.GetString(nameOf), space = Metadata.GetString(spaceOf);
        return outer is not null ? $"{outer}+{own}" : space.Length == 0 ? own : $"{space}.{own}";
    }
}
