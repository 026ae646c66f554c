using System.Reflection;
using System.Reflection.Metadata;

namespace Ahead;

/// <summary>A type where it is defined.</summary>
/// <param name="Assembly">Of it.</param>
/// <param name="Handle">In the assembly.</param>
/// <param name="Name">As <see cref="TypeName"/> has it.</param>
internal sealed record DefinedType(CompiledAssembly Assembly, TypeDefinitionHandle Handle, string Name)
{
    public TypeDefinition Definition => Assembly.Metadata.GetTypeDefinition(Handle);

    /// <summary>How many types it is generic over, those of the types it lies in included.</summary>
    public int Arity => Definition.GetGenericParameters().Count;

    public bool IsValue => BaseName is "ValueType" or "Enum" && Name != "System.Enum";

    /// <summary>What an enumeration's values are, which is its one field that is not static; null where it is none.</summary>
    public SignatureTypeCode? Number => BaseName == "Enum"
        ? Signatures.OfField(Assembly.Metadata.GetBlobReader(
            Definition.GetFields().Select(Assembly.Metadata.GetFieldDefinition).Single(kept => (kept.Attributes & FieldAttributes.Static) == 0).Signature))
        : null;

    private string BaseName => Definition.BaseType switch
    {
        { IsNil: true } => "",
        { Kind: HandleKind.TypeReference } reference => Assembly.Metadata.GetString(Assembly.Metadata.GetTypeReference((TypeReferenceHandle)reference).Name),
        { Kind: HandleKind.TypeDefinition } definition => Assembly.Metadata.GetString(Assembly.Metadata.GetTypeDefinition((TypeDefinitionHandle)definition).Name),
        _ => "",
    };
}
