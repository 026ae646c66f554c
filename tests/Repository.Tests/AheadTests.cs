using System.Buffers.Binary;
using System.Reflection;
using Ahead;
using Xunit;

namespace Repository.Tests;

/// <summary>What a release has compiled ahead. The witness is the runtime: it loads the profile as the assembly it is, and finds the methods that its tokens name.</summary>
public sealed class AheadTests
{
    private const byte LoadToken = 0xD0;
    private const byte Return = 0x2A;

    /// <summary>The assemblies of the runtime that runs this.</summary>
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Fact]
    public void Profile_MethodOfAnInstance_IsThatOfTheRuntime() =>
        Assert.Equal(
            [typeof(Dictionary<int, Guid>).GetMethod("TryAdd")!],
            MethodsOf("System.Collections.Generic.Dictionary`2[int,System.Guid] TryAdd"));

    [Fact]
    public void Profile_GenericMethod_HasItsArguments() =>
        Assert.Equal(
            [typeof(Array).GetMethod("Empty")!.MakeGenericMethod(typeof(KeyValuePair<string, long[]>))],
            MethodsOf("System.Array Empty[System.Collections.Generic.KeyValuePair`2[System.String,long[]]]"));

    [Fact]
    public void Profile_TypeInsideAnother_IsFound() =>
        Assert.Equal([typeof(Lock.Scope).GetMethod("Dispose")!], MethodsOf("System.Threading.Lock+Scope Dispose"));

    /// <summary>Names have no parameters: each method of the name is meant.</summary>
    [Fact]
    public void Profile_NameOfSeveral_IsAllOfThem() =>
        Assert.Equal(
            typeof(Math).GetMember("Clamp", MemberTypes.Method, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Select(method => method.ToString()).Order(),
            MethodsOf("System.Math Clamp").Select(method => method.ToString()).Order());

    [Theory]
    [InlineData("System.Collections.Generic.Dictionary`2[int,System.Guid] TryAddd")]
    [InlineData("System.Collections.Generic.Dictionary`3[int,int,int] TryAdd")]
    [InlineData("System.Array Empty[System.NoSuchType]")]
    [InlineData("System.Array Empty")]
    public void TryAdd_WhatIsNotThere_IsNone(string line)
    {
        using AssemblyFolder assemblies = AssemblyFolder.Open(Runtime);

        Assert.All(MethodList.Read([line]), method => Assert.False(new MethodProfile(assemblies).TryAdd(method)));
    }

    [Fact]
    public void AddAllOf_Assembly_HasEveryMethodThatIsGenericOverNothing()
    {
        using AssemblyFolder assemblies = AssemblyFolder.Open(Path.GetDirectoryName(typeof(MethodList).Assembly.Location)!);
        var profile = new MethodProfile(assemblies);
        profile.AddAllOf("Ahead");
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        IEnumerable<MethodBase> declared = typeof(MethodList).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))).Where(method => !method.ContainsGenericParameters);

        Assert.Equal(declared.Select(Told).Order(), Load(profile).Select(Told).Order());
    }

    [Theory]
    [InlineData("System.Array`1[int")]
    [InlineData("System.Array`1[int]]")]
    [InlineData("[int]")]
    [InlineData("")]
    public void Type_WhatIsNoName_IsRefused(string text) => Assert.Throws<FormatException>(() => NameReader.Type(text));

    [Fact]
    public void Type_AngleBrackets_BelongToTheName() =>
        Assert.Equal(
            ("A+<B>d__2`1", "C+<>c<D,E>"),
            NameReader.Type("A+<B>d__2`1[C+<>c<D,E>]") is { Name: var name, Arguments: [var argument] } ? (name, argument.Name) : default);

    /// <summary>The list of the repository: each line is one, and most of what the runtime's own library has in it is in this runtime too.</summary>
    [Fact]
    public void List_OfTheRepository_IsOfThisRuntime()
    {
        using AssemblyFolder assemblies = AssemblyFolder.Open(Runtime);
        var profile = new MethodProfile(assemblies);
        MethodName[] own = [.. MethodList.Read(File.ReadLines(CommittedFiles.At("scripts/ahead/methods.txt"))).Where(method => method.Owner.Name.StartsWith("System.Threading.", StringComparison.Ordinal))];

        Assert.True(own.Length > 500, $"Only {own.Length} methods of System.Threading are listed.");
        Assert.InRange(own.Count(method => method.Owner.Arguments.Count == 0 && method.Arguments.Count == 0 && !profile.TryAdd(method)), 0, own.Length / 10);
    }

    /// <summary>What the serializer has compiled for an enumeration is listed as that for a number. The witness is its own generator, whose tables of <see cref="AheadJson"/> lie in these tests.</summary>
    [Theory]
    [InlineData("System.Text.Json.Serialization.Metadata.JsonTypeInfo`1[int] Written", "System.Text.Json.Serialization.Metadata.JsonTypeInfo`1[Repository.Tests.AheadSaid+Loudness] Written")]
    [InlineData("System.Text.Json.Serialization.Metadata.JsonTypeInfo`1[byte] Written", "System.Text.Json.Serialization.Metadata.JsonTypeInfo`1[Repository.Tests.AheadSaid+Pitch] Written")]
    [InlineData("System.Text.Json.Any Made[System.Nullable`1[int]]", "System.Text.Json.Any Made[System.Nullable`1[Repository.Tests.AheadSaid+Loudness]]")]
    [InlineData("Any.Json TryGetTypeInfoForRuntimeCustomConverter[int]", "Any.Json TryGetTypeInfoForRuntimeCustomConverter[Repository.Tests.AheadSaid+Loudness]")]
    [InlineData("System.Text.Json.Serialization.Metadata.JsonTypeInfo`1[long] Written")]
    [InlineData("System.Text.Json.Serialization.Metadata.JsonTypeInfo`1[System.__Canon] Written")]
    [InlineData("System.Collections.Generic.List`1[int] Add")]
    public void Meant_NumberOfTheSerializer_MayBeAnEnumeration(string listed, params string[] further)
    {
        using AssemblyFolder assemblies = AssemblyFolder.Open(Path.GetDirectoryName(typeof(AheadTests).Assembly.Location)!);
        Enumerations enumerations = Enumerations.OfJson(assemblies, ["Repository.Tests", "NotThere"]);

        Assert.Equal([listed, .. further], MethodList.Read([listed]).SelectMany(enumerations.Meant).Select(Written));
    }

    private static string Written(MethodName method) => $"{Written(method.Owner)} {method.Name}{Written(method.Arguments)}";

    private static string Written(TypeName type) => $"{type.Name}{Written(type.Arguments)}{(type.IsArray ? "[]" : "")}";

    private static string Written(IReadOnlyList<TypeName> arguments) => arguments.Count == 0 ? "" : $"[{string.Join(',', arguments.Select(Written))}]";

    private static string Told(MethodBase method) => $"{method.DeclaringType} {method}";

    private static List<MethodBase> MethodsOf(string line)
    {
        using AssemblyFolder assemblies = AssemblyFolder.Open(Runtime);
        var profile = new MethodProfile(assemblies);
        Assert.All(MethodList.Read([line]), method => Assert.True(profile.TryAdd(method)));
        return Load(profile);
    }

    private static List<MethodBase> Load(MethodProfile profile)
    {
        Module module = Assembly.Load(profile.ToBytes()).ManifestModule;
        MethodInfo directory = module.GetMethod("AssemblyDictionary")!;
        return [.. Tokens(directory).SelectMany(group => Tokens(module.ResolveMethod(group)!)).Select(token => module.ResolveMethod(token)!)];
    }

    private static IEnumerable<int> Tokens(MethodBase method)
    {
        byte[] code = method.GetMethodBody()!.GetILAsByteArray()!;
        for (int at = 0; code[at] != Return; at += code[at] is LoadToken or 0x72 ? 5 : 1)
        {
            if (code[at] == LoadToken)
            {
                yield return BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at + 1));
            }
        }
    }
}
