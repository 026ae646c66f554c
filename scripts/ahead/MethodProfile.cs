using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Ahead;

/// <summary>Methods to compile ahead, as a profile that .NET's compiler reads ("mibc"): an assembly that is never run, whose global methods load a token of each of them. One of these,
/// <c>AssemblyDictionary</c>, names for each of the others the assembly that its methods are of.</summary>
/// <param name="assemblies">Of the release.</param>
internal sealed class MethodProfile(AssemblyFolder assemblies)
{
    private readonly MetadataBuilder metadata = new();
    private readonly Dictionary<string, List<EntityHandle>> groups = [];
    private readonly HashSet<EntityHandle> added = [];
    private readonly Dictionary<BlobHandle, TypeSpecificationHandle> instances = [];
    private readonly Dictionary<(EntityHandle Owner, StringHandle Name, BlobHandle Signature), MemberReferenceHandle> members = [];
    private readonly Dictionary<(MemberReferenceHandle Method, BlobHandle Arguments), MethodSpecificationHandle> specifications = [];
    private References? references;
    private Signatures? signatures;

    /// <summary>Methods so far.</summary>
    public int Count => added.Count;

    private References References => references ??= new(metadata);

    private Signatures Signatures => signatures ??= new(assemblies, References);

    /// <summary>Adds every method of a name, whatever its parameters.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryAdd(MethodName name)
    {
        bool isAny = false;
        foreach (DefinedType type in assemblies.Find(name.Owner))
        {
            foreach (MethodDefinitionHandle handle in type.Definition.GetMethods())
            {
                MethodDefinition method = type.Assembly.Metadata.GetMethodDefinition(handle);
                if (method.GetGenericParameters().Count == name.Arguments.Count && type.Assembly.Metadata.StringComparer.Equals(method.Name, name.Name))
                {
                    isAny |= TryAdd(type, name.Owner.Arguments, method, name.Arguments);
                }
            }
        }

        return isAny;
    }

    /// <summary>Adds every method of an assembly that is generic over nothing.</summary>
    public void AddAllOf(string assembly)
    {
        foreach (DefinedType type in assemblies.Named(assembly)?.Types.Where(type => type.Arity == 0) ?? [])
        {
            foreach (MethodDefinition method in type.Definition.GetMethods().Select(type.Assembly.Metadata.GetMethodDefinition).Where(method => method.GetGenericParameters().Count == 0))
            {
                TryAdd(type, [], method, []);
            }
        }
    }

    /// <summary>The profile; nothing can be added afterwards.</summary>
    public byte[] ToBytes()
    {
        var code = new BlobBuilder();
        var bodies = new MethodBodyStreamEncoder(code);
        BlobHandle signature = Nothing();
        var written = new List<(string Name, int Body)> { ("AssemblyDictionary", Body(bodies, Directory())) };
        foreach ((string assembly, List<EntityHandle> methods) in groups)
        {
            written.Add(($"Assemblies_{assembly}_{written.Count}", Body(bodies, Tokens(methods))));
        }

        metadata.AddModule(0, metadata.GetOrAddString("compiled-ahead.mibc"), metadata.GetOrAddGuid(new Guid("b7f3a4de-4c36-4b1c-9d0c-0e7a5b1f6c28")), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("compiled-ahead"), new Version(1, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        foreach ((string name, int body) in written)
        {
            metadata.AddMethodDefinition(
                MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, metadata.GetOrAddString(name), signature, body, MetadataTokens.ParameterHandle(1));
        }

        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var file = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code, deterministicIdProvider: _ => default).Serialize(file);
        return file.ToArray();
    }

    private static int Body(MethodBodyStreamEncoder bodies, InstructionEncoder code)
    {
        code.OpCode(ILOpCode.Ret);
        return bodies.AddMethodBody(code);
    }

    private static InstructionEncoder Tokens(List<EntityHandle> methods)
    {
        var code = new InstructionEncoder(new BlobBuilder());
        foreach (EntityHandle method in methods)
        {
            code.OpCode(ILOpCode.Ldtoken);
            code.Token(method);
            code.OpCode(ILOpCode.Pop);
        }

        return code;
    }

    private InstructionEncoder Directory()
    {
        var code = new InstructionEncoder(new BlobBuilder());
        int row = 1;
        foreach (string assembly in groups.Keys)
        {
            code.LoadString(metadata.GetOrAddUserString($"{assembly};"));
            code.OpCode(ILOpCode.Ldtoken);
            code.Token(MetadataTokens.MethodDefinitionHandle(++row));
            code.OpCode(ILOpCode.Pop);
        }

        return code;
    }

    /// <summary>Neither parameters nor a result.</summary>
    private BlobHandle Nothing()
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, result => result.Void(), _ => { });
        return metadata.GetOrAddBlob(signature);
    }

    private bool TryAdd(DefinedType type, IReadOnlyList<TypeName> typeArguments, MethodDefinition method, IReadOnlyList<TypeName> arguments)
    {
        EntityHandle owner = References.Of(type);
        if (typeArguments.Count > 0)
        {
            var instance = new BlobBuilder();
            if (!Signatures.TryWrite(instance, type, typeArguments))
            {
                return false;
            }

            owner = Known(instances, metadata.GetOrAddBlob(instance), metadata.AddTypeSpecification);
        }

        var signature = new BlobBuilder();
        BlobReader read = type.Assembly.Metadata.GetBlobReader(method.Signature);
        Signatures.CopyMethod(type.Assembly, ref read, signature);
        MemberReferenceHandle member = Known(
            members, (Owner: owner, Name: metadata.GetOrAddString(type.Assembly.Metadata.GetString(method.Name)), Signature: metadata.GetOrAddBlob(signature)), key => metadata.AddMemberReference(key.Owner, key.Name, key.Signature));
        EntityHandle token = member;
        if (arguments.Count > 0)
        {
            var instance = new BlobBuilder();
            instance.WriteByte((byte)SignatureKind.MethodSpecification);
            if (!Signatures.TryWriteAll(instance, arguments))
            {
                return false;
            }

            token = Known(specifications, (Method: member, Arguments: metadata.GetOrAddBlob(instance)), key => metadata.AddMethodSpecification(key.Method, key.Arguments));
        }

        if (added.Add(token))
        {
            Known(groups, type.Assembly.Name, _ => []).Add(token);
        }

        return true;
    }

    private static TValue Known<TKey, TValue>(Dictionary<TKey, TValue> all, TKey key, Func<TKey, TValue> make)
        where TKey : notnull => all.TryGetValue(key, out TValue? known) ? known : all[key] = make(key);
}
