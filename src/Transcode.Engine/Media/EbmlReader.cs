using System.Numerics;

namespace Transcode.Engine.Media;

/// <summary>An element's mark and where its content lies. <see cref="End"/> is the content's beginning where the size is
/// unknown.</summary>
internal readonly record struct EbmlElement(uint Id, long ContentAt, long End);

/// <summary>Reads elements of EBML (RFC 8794), the frame of Matroska.</summary>
internal sealed class EbmlReader(IByteReader bytes)
{
    private const uint SeekId = 0x4DBB;
    private const uint SeekTargetId = 0x53AB;
    private const uint SeekPositionId = 0x53AC;
    private const int LongestHeader = 12;

    /// <summary>The element that begins at a place; null where there is none, or none that makes sense.</summary>
    public EbmlElement? At(long position)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        header = header[..bytes.Read(position, header)];
        if (header.Length < 2 || Length(header[0]) is not (> 0 and <= 4 and var idBytes) || header.Length <= idBytes)
        {
            return null;
        }

        uint id = (uint)Unsigned(header[..idBytes]);
        ReadOnlySpan<byte> sizeField = header[idBytes..];
        int sizeBytes = Length(sizeField[0]);
        if (sizeBytes is < 1 or > 8 || sizeField.Length < sizeBytes)
        {
            return null;
        }

        long size = Unsigned(sizeField[..sizeBytes]) & ((1L << (7 * sizeBytes)) - 1);
        long contentAt = position + idBytes + sizeBytes;
        bool isUnknown = size == (1L << (7 * sizeBytes)) - 1;
        return isUnknown ? new(id, contentAt, contentAt)
            : size <= long.MaxValue - contentAt ? new(id, contentAt, contentAt + size)
            : null;
    }

    /// <summary>An element's unsigned number; null where it is longer than 8 bytes, cut off or above 2^63.</summary>
    public long? Number(EbmlElement element)
    {
        Span<byte> content = stackalloc byte[8];
        long size = element.End - element.ContentAt;
        return size is >= 0 and <= 8 && bytes.Read(element.ContentAt, content[..(int)size]) == size && Unsigned(content[..(int)size]) is >= 0 and var number
            ? number
            : null;
    }

    /// <summary>The number of the first child with a mark, or null.</summary>
    public long? Number(EbmlElement parent, uint childId, int maxElements)
    {
        long at = parent.ContentAt;
        for (int count = 0; count < maxElements && at < parent.End && At(at) is { } child; count++)
        {
            if (child.Id == childId)
            {
                return Number(child);
            }

            at = child.End;
        }

        return null;
    }

    /// <summary>Where a seek head (RFC 9559, 5.1.1) says that an element lies, counted from the segment's content; null where
    /// it does not say.</summary>
    public long? PointsTo(EbmlElement seekHead, uint elementId, int maxElements)
    {
        long at = seekHead.ContentAt;
        for (int count = 0; count < maxElements && at < seekHead.End && At(at) is { } entry; count++)
        {
            if (entry.Id == SeekId && Number(entry, SeekTargetId, maxElements) == elementId)
            {
                return Number(entry, SeekPositionId, maxElements);
            }

            at = entry.End;
        }

        return null;
    }

    private static int Length(byte first) => BitOperations.LeadingZeroCount((uint)first) - 23;

    private static long Unsigned(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (byte b in field)
        {
            value = unchecked((value * 256) + b);
        }

        return value;
    }
}
