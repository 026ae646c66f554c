using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Ahead;

/// <summary>What an assembly being written refers to: other assemblies and their types, each once.</summary>
/// <param name="metadata">Of the assembly being written.</param>
internal sealed class References(MetadataBuilder metadata)
{
    private readonly Dictionary<string, AssemblyReferenceHandle> assemblies = [];
    private readonly Dictionary<(EntityHandle Scope, string Space, string Name), TypeReferenceHandle> types = [];

    public TypeReferenceHandle Of(DefinedType type) => Of(type.Assembly, type.Handle);

    /// <summary>A type that an assembly defines or refers to.</summary>
    /// <exception cref="NotSupportedException">It is neither.</exception>
    public TypeReferenceHandle Of(CompiledAssembly assembly, EntityHandle type)
    {
        MetadataReader read = assembly.Metadata;
        if (type.Kind == HandleKind.TypeDefinition)
        {
            TypeDefinition definition = read.GetTypeDefinition((TypeDefinitionHandle)type);
            EntityHandle place = definition.GetDeclaringType() is { IsNil: false } outer ? Of(assembly, outer) : OfAssembly(assembly.Name);
            return Of(place, read.GetString(definition.Namespace), read.GetString(definition.Name));
        }

        if (type.Kind != HandleKind.TypeReference)
        {
            throw new NotSupportedException($"A {type.Kind} in a signature of {assembly.Name}.");
        }

        TypeReference reference = read.GetTypeReference((TypeReferenceHandle)type);
        EntityHandle scope = reference.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Of(assembly, reference.ResolutionScope),
            HandleKind.AssemblyReference => OfAssembly(read.GetString(read.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name)),
            _ => throw new NotSupportedException($"A {reference.ResolutionScope.Kind} around a type of {assembly.Name}."),
        };
        return Of(scope, read.GetString(reference.Namespace), read.GetString(reference.Name));
    }

    /// <summary>What stands for every class in code that all of them share: the compiler knows it by this place.</summary>
    public TypeReferenceHandle Shared() => Of(OfAssembly("System.Private.Canon"), "System", "__Canon");

    private AssemblyReferenceHandle OfAssembly(string name) =>
        assemblies.TryGetValue(name, out AssemblyReferenceHandle known)
            ? known
            : assemblies[name] = metadata.AddAssemblyReference(metadata.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, 0, default);

    private TypeReferenceHandle Of(EntityHandle scope, string space, string name) =>
        types.TryGetValue((scope, space, name), out TypeReferenceHandle known)
            ? known
            : types[(scope, space, name)] = metadata.AddTypeReference(scope, metadata.GetOrAddString(space), metadata.GetOrAddString(name));
}
