using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Ahead;

/// <summary>Enumerations that JSON is read and written of. The runtime's compiler tells them as the numbers they are, so that what it compiled for one is listed as that for a number; what is
/// compiled for a number is nothing to them, as each has code of its own.</summary>
internal sealed class Enumerations
{
    private const string Serializer = "System.Text.Json.";

    /// <summary>What its generator writes into each of its classes.</summary>
    private const string Generated = "TryGetTypeInfoForRuntimeCustomConverter";
    private const string Tables = "System.Text.Json.Serialization.Metadata.JsonMetadataServices";

    /// <summary>Names of the enumerations, by that of the number each is.</summary>
    private readonly ILookup<string, string> byNumber;

    private Enumerations(IEnumerable<DefinedType> types) =>
        byNumber = types.Where(type => type.Number is not null).DistinctBy(type => type.Name).ToLookup(type => Signatures.NameOf(type.Number!.Value), type => type.Name);

    /// <summary>Those that assemblies have the serializer make tables of, as its generator writes it.</summary>
    /// <param name="folder">Where they are defined.</param>
    /// <param name="assemblies">By their names; one that is not there has none.</param>
    public static Enumerations OfJson(AssemblyFolder folder, IEnumerable<string> assemblies) =>
        new(assemblies.Select(folder.Named).OfType<CompiledAssembly>().SelectMany(assembly => Serialized(folder, assembly)));

    /// <summary>A method as it is listed, and, where it is the serializer's or its generator's, once more for each enumeration that may have been meant by a number.</summary>
    public IEnumerable<MethodName> Meant(MethodName method) =>
        !method.Owner.Name.StartsWith(Serializer, StringComparison.Ordinal) && method.Name != Generated
            ? [method]
            : [method, .. byNumber.SelectMany(number => number.Select(name => With(method, number.Key, name))).Where(other => other is not null).Select(other => other!)];

    private static IEnumerable<DefinedType> Serialized(AssemblyFolder folder, CompiledAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            MethodSpecification method = metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row));
            if (method.Method.Kind == HandleKind.MemberReference && assembly.NameOf(metadata.GetMemberReference((MemberReferenceHandle)method.Method).Parent) == Tables &&
                Signatures.OnlyValue(metadata.GetBlobReader(method.Signature)) is { } type && assembly.NameOf(type) is { } name)
            {
                foreach (DefinedType found in folder.Find(new(name, [], false)))
                {
                    yield return found;
                }
            }
        }
    }

    /// <returns>Null where it is generic over no such number.</returns>
    private static MethodName? With(MethodName method, string number, string name)
    {
        var other = new MethodName(With(method.Owner, number, name), method.Name, [.. method.Arguments.Select(argument => With(argument, number, name))]);
        return ReferenceEquals(other.Owner, method.Owner) && other.Arguments.SequenceEqual(method.Arguments, ReferenceEqualityComparer.Instance) ? null : other;
    }

    private static TypeName With(TypeName type, string number, string name)
    {
        if (type.Name == number)
        {
            return type with { Name = name };
        }

        TypeName[] arguments = [.. type.Arguments.Select(argument => With(argument, number, name))];
        return arguments.SequenceEqual(type.Arguments, ReferenceEqualityComparer.Instance) ? type : type with { Arguments = arguments };
    }
}
