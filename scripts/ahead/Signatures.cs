using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Ahead;

/// <summary>Signatures as they stand in an assembly being written (ECMA-335, II.23.2).</summary>
/// <param name="assemblies">Where types are looked for.</param>
/// <param name="references">Of the assembly being written.</param>
internal sealed class Signatures(AssemblyFolder assemblies, References references)
{
    private const byte Value = 0x11;
    private const byte Class = 0x12;
    private const byte Instance = 0x15;

    /// <summary>The compiler's names of what has a letter of its own in a signature.</summary>
    private static readonly Dictionary<string, SignatureTypeCode> Plain = new()
    {
        ["bool"] = SignatureTypeCode.Boolean,
        ["byte"] = SignatureTypeCode.Byte,
        ["sbyte"] = SignatureTypeCode.SByte,
        ["char"] = SignatureTypeCode.Char,
        ["short"] = SignatureTypeCode.Int16,
        ["ushort"] = SignatureTypeCode.UInt16,
        ["int"] = SignatureTypeCode.Int32,
        ["uint"] = SignatureTypeCode.UInt32,
        ["long"] = SignatureTypeCode.Int64,
        ["ulong"] = SignatureTypeCode.UInt64,
        ["float"] = SignatureTypeCode.Single,
        ["double"] = SignatureTypeCode.Double,
        ["nint"] = SignatureTypeCode.IntPtr,
        ["nuint"] = SignatureTypeCode.UIntPtr,
        ["System.String"] = SignatureTypeCode.String,
        ["System.Object"] = SignatureTypeCode.Object,
    };

    /// <summary>The runtime's compiler's name of a number.</summary>
    public static string NameOf(SignatureTypeCode number) => Plain.First(plain => plain.Value == number).Key;

    /// <summary>What a field is of, where that has a letter of its own.</summary>
    public static SignatureTypeCode OfField(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        return (SignatureTypeCode)signature.ReadByte();
    }

    /// <summary>What a method is generic over, where that is one type, and a value's; else null.</summary>
    public static EntityHandle? OnlyValue(BlobReader arguments)
    {
        arguments.ReadSignatureHeader();
        return arguments.ReadCompressedInteger() == 1 && arguments.ReadByte() == Value ? arguments.ReadTypeHandle() : null;
    }

    /// <returns>False where there is no such type.</returns>
    public bool TryWrite(BlobBuilder into, TypeName name)
    {
        if (name.IsArray)
        {
            into.WriteByte((byte)SignatureTypeCode.SZArray);
        }

        if (Plain.TryGetValue(name.Name, out SignatureTypeCode code))
        {
            into.WriteByte((byte)code);
            return true;
        }

        if (name.Name == "System.__Canon")
        {
            into.WriteByte(Class);
            into.WriteCompressedInteger(CodedIndex.TypeDefOrRef(references.Shared()));
            return true;
        }

        return assemblies.Find(name).FirstOrDefault() is { } type && TryWrite(into, type, name.Arguments);
    }

    /// <summary>A type with what it is generic over.</summary>
    /// <returns>False where one of these is not there.</returns>
    public bool TryWrite(BlobBuilder into, DefinedType type, IReadOnlyList<TypeName> arguments)
    {
        if (arguments.Count > 0)
        {
            into.WriteByte(Instance);
        }

        into.WriteByte(type.IsValue ? Value : Class);
        into.WriteCompressedInteger(CodedIndex.TypeDefOrRef(references.Of(type)));
        return arguments.Count == 0 || TryWriteAll(into, arguments);
    }

    /// <summary>How many, and each.</summary>
    /// <returns>False where one is not there.</returns>
    public bool TryWriteAll(BlobBuilder into, IReadOnlyList<TypeName> arguments)
    {
        into.WriteCompressedInteger(arguments.Count);
        return arguments.All(argument => TryWrite(into, argument));
    }

    /// <summary>A method's signature as it stands where it is defined, with the references of the assembly being written.</summary>
    public void CopyMethod(CompiledAssembly from, ref BlobReader read, BlobBuilder into)
    {
        SignatureHeader header = read.ReadSignatureHeader();
        into.WriteByte(header.RawValue);
        if (header.IsGeneric)
        {
            CopyNumber(ref read, into);
        }

        // The result, and each parameter.
        CopyTypes(from, ref read, into, CopyNumber(ref read, into) + 1);
    }

    private void CopyTypes(CompiledAssembly from, ref BlobReader read, BlobBuilder into, int count)
    {
        for (int i = 0; i < count; i++)
        {
            CopyType(from, ref read, into);
        }
    }

    private void CopyType(CompiledAssembly from, ref BlobReader read, BlobBuilder into)
    {
        SignatureTypeCode code = (SignatureTypeCode)read.ReadByte();
        into.WriteByte((byte)code);
        switch (code)
        {
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                into.WriteCompressedInteger(CodedIndex.TypeDefOrRef(references.Of(from, read.ReadTypeHandle())));
                CopyType(from, ref read, into);
                break;
            case SignatureTypeCode.Pinned or SignatureTypeCode.Sentinel or SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray:
                CopyType(from, ref read, into);
                break;
            case (SignatureTypeCode)Value or (SignatureTypeCode)Class:
                into.WriteCompressedInteger(CodedIndex.TypeDefOrRef(references.Of(from, read.ReadTypeHandle())));
                break;
            case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                CopyNumber(ref read, into);
                break;
            case SignatureTypeCode.Array:
                CopyType(from, ref read, into);
                CopyNumber(ref read, into);
                CopyBounds(ref read, into);
                break;
            case SignatureTypeCode.GenericTypeInstance:
                CopyType(from, ref read, into);
                CopyTypes(from, ref read, into, CopyNumber(ref read, into));
                break;
            case SignatureTypeCode.FunctionPointer:
                CopyMethod(from, ref read, into);
                break;
            default:
                break;
        }
    }

    private static int CopyNumber(ref BlobReader read, BlobBuilder into)
    {
        int number = read.ReadCompressedInteger();
        into.WriteCompressedInteger(number);
        return number;
    }

    private static void CopyBounds(ref BlobReader read, BlobBuilder into)
    {
        for (int sizes = CopyNumber(ref read, into); sizes > 0; sizes--)
        {
            CopyNumber(ref read, into);
        }

        for (int lows = CopyNumber(ref read, into); lows > 0; lows--)
        {
            into.WriteCompressedSignedInteger(read.ReadCompressedSignedInteger());
        }
    }
}
