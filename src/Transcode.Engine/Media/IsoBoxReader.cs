using System.Buffers.Binary;
using System.Text;

namespace Transcode.Engine.Media;

/// <summary>A box of the ISO base media file format: its four characters and where its content lies.</summary>
internal readonly record struct IsoBox(string Type, long ContentAt, long End)
{
    public long Length => End - ContentAt;
}

/// <summary>Finds boxes of the ISO base media file format (ISO/IEC 14496-12, 4.2) in a source.</summary>
internal sealed class IsoBoxReader(IByteReader bytes)
{
    /// <summary>Boxes looked at side by side: a few in any file that is not hostile.</summary>
    private const int MaxSiblings = 1000;

    /// <summary>The boxes from one place to another; ends early where they make no sense.</summary>
    public IEnumerable<IsoBox> Between(long from, long to)
    {
        for (int count = 0; count < MaxSiblings && At(from, to) is { } box; count++)
        {
            yield return box;
            from = box.End;
        }
    }

    /// <summary>The first box of a type between two places, or null.</summary>
    public IsoBox? First(string type, long from, long to) =>
        Between(from, to).Where(box => box.Type == type).Select(box => (IsoBox?)box).FirstOrDefault();

    /// <summary>The box that is reached by a way of types, each inside the one before; null where one is missing.</summary>
    public IsoBox? Inside(IsoBox box, params ReadOnlySpan<string> way)
    {
        foreach (string type in way)
        {
            if (First(type, box.ContentAt, box.End) is not { } child)
            {
                return null;
            }

            box = child;
        }

        return box;
    }

    /// <summary>A box's content; null where it is longer than <paramref name="most"/> bytes or cut off.</summary>
    public byte[]? Content(IsoBox box, long most)
    {
        if (box.Length > most)
        {
            return null;
        }

        byte[] content = new byte[box.Length];
        return bytes.Read(box.ContentAt, content) == content.Length ? content : null;
    }

    private IsoBox? At(long position, long limit)
    {
        const int compact = 8, large = 16;
        Span<byte> header = stackalloc byte[large];
        int got = position <= limit - compact ? bytes.Read(position, header) : 0;
        if (got < compact)
        {
            return null;
        }

        // A size of 0 reaches to the end, one of 1 is told in 64 bits.
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        int headerBytes = size == 1 ? large : compact;
        size = size switch
        {
            0 => limit - position,
            1 => got < large ? 0 : BinaryPrimitives.ReadInt64BigEndian(header[compact..]),
            _ => size,
        };
        return size >= headerBytes && size <= limit - position
            ? new(Encoding.Latin1.GetString(header[4..compact]), position + headerBytes, position + size)
            : null;
    }
}
