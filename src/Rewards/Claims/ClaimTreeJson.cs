using System.Globalization;
using System.Text.Json;
using Rewards.Signing;

namespace Rewards.Claims;

/// <summary>A claim tree as a file, in OpenZeppelin's standard-v1: to the byte what its library dumps for the same claims in the
/// order of accounts, with addresses in lower case and amounts as decimal strings.</summary>
public static class ClaimTreeJson
{
    /// <summary>Bytes that are read: some two million accounts.</summary>
    public const int LengthLimit = 1 << 29;

    private const int FlushBytes = 1 << 20;

    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true };

    /// <exception cref="IOException">It could not be written.</exception>
    public static void Write(ClaimTree tree, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Plain);
        json.WriteStartObject();
        json.WriteString("format"u8, "standard-v1"u8);
        json.WriteStartArray("leafEncoding"u8);
        json.WriteStringValue("address"u8);
        json.WriteStringValue("uint256"u8);
        json.WriteEndArray();
        json.WriteStartArray("tree"u8);
        Span<byte> text = stackalloc byte[2 + (2 * Hash256.Length)];
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        "0x"u8.CopyTo(text);
        foreach (Hash256 node in tree.Nodes)
        {
            node.CopyTo(bytes);
            Convert.TryToHexStringLower(bytes, text[2..], out _);
            json.WriteStringValue(text);
            FlushWhereFull(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("values"u8);
        for (int i = 0; i < tree.Claims.Length; i++)
        {
            json.WriteStartObject();
            json.WriteStartArray("value"u8);
            tree.Claims[i].Account.CopyTo(bytes);
            Convert.TryToHexStringLower(bytes[..EthereumAddress.Length], text[2..], out _);
            json.WriteStringValue(text[..(2 + (2 * EthereumAddress.Length))]);
            tree.Claims[i].Cumulative.TryFormat(text[2..], out int digits, default, CultureInfo.InvariantCulture);
            json.WriteStringValue(text.Slice(2, digits));
            json.WriteEndArray();
            json.WriteNumber("treeIndex"u8, tree.Places[i]);
            json.WriteEndObject();
            FlushWhereFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the claims of a file, builds their tree anew, and believes nothing else of it.</summary>
    /// <param name="json">At most <see cref="LengthLimit"/> bytes.</param>
    /// <exception cref="FormatException">It is no such file, or not what <see cref="Write"/> makes of its claims.</exception>
    public static ClaimTree Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > LengthLimit)
        {
            throw new FormatException($"A claim tree has at most {LengthLimit} bytes; this has {json.Length}.");
        }

        ClaimTree tree;
        try
        {
            tree = ClaimTree.Of(ReadClaims(json.Span));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException("This is no claim tree: " + exception.Message, exception);
        }

        using var same = new ComparingStream(json);
        Write(tree, same);
        return same.IsSame ? tree : throw new FormatException("This claim tree is not what its claims give.");
    }

    private static List<Claim> ReadClaims(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 5 });
        while (reader.Read() && !(reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals("values"u8)))
        {
        }

        List<Claim> claims = [];
        EthereumAddress? account = null;
        while (reader.Read() && !(reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.EndArray))
        {
            if (reader.TokenType is not JsonTokenType.String)
            {
                continue;
            }

            string text = reader.GetString()!;
            if (account is null)
            {
                account = EthereumAddress.Parse(text);
            }
            else
            {
                claims.Add(new(account.Value, UInt128.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)));
                account = null;
            }
        }

        return claims;
    }

    private static void FlushWhereFull(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }

    /// <summary>Takes what is written, and says whether it was what was expected.</summary>
    private sealed class ComparingStream(ReadOnlyMemory<byte> expected) : Stream
    {
        private int _position;
        private bool _differs;

        public bool IsSame => !_differs && _position == expected.Length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _differs = _differs || buffer.Length > expected.Length - _position || !expected.Span.Slice(_position, buffer.Length).SequenceEqual(buffer);
            _position += _differs ? 0 : buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
