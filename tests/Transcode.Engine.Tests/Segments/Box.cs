using System.Buffers.Binary;
using System.Text;

namespace Transcode.Engine.Tests.Segments;

/// <summary>A box of the ISO base media file format (ISO/IEC 14496-12), read by this test's own means.</summary>
internal sealed record Box(string Type, ReadOnlyMemory<byte> Body)
{
    private static readonly HashSet<string> Containers = ["moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf"];

    public IReadOnlyList<Box> Children => Containers.Contains(Type) ? Parse(Body) : [];

    public byte Version => Body.Span[0];

    /// <summary>The boxes that fill some bytes exactly.</summary>
    public static IReadOnlyList<Box> Parse(ReadOnlyMemory<byte> bytes)
    {
        var boxes = new List<Box>();
        while (bytes.Length > 0)
        {
            int size = BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
            boxes.Add(new(Encoding.ASCII.GetString(bytes.Span[4..8]), bytes[8..size]));
            bytes = bytes[size..];
        }

        return boxes;
    }

    /// <summary>The one box at a path such as <c>traf/tfdt</c>.</summary>
    public Box At(string path) => path.Split('/').Aggregate(this, (box, type) => box.Children.Single(child => child.Type == type));

    public uint UInt32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(Body.Span[offset..]);

    public ulong UInt64(int offset) => BinaryPrimitives.ReadUInt64BigEndian(Body.Span[offset..]);

    /// <summary>A run's samples, where size, flags and composition offset are given of each.</summary>
    public IReadOnlyList<(int Size, uint Flags, int Offset)> Run() =>
        [.. Enumerable.Range(0, (int)UInt32(4)).Select(i => 12 + (i * 12)).Select(at => ((int)UInt32(at), UInt32(at + 4), (int)UInt32(at + 8)))];
}
