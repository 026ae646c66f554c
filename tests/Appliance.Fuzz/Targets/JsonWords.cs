namespace Appliance.Fuzz.Targets;

/// <summary>Pieces of JSON, right and wrong.</summary>
internal static class JsonWords
{
    public static byte[][] All { get; } = Bytes.Of(
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "false", "1e999", "-0", "1e-400", "\\u0000", "\\ud800", "\\", "[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "0x", "\"\"", "/*x*/", "NaN", "\"$type\":\"x\",");
}
