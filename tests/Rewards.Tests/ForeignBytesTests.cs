using System.Text;
using Xunit;

namespace Rewards.Tests;

/// <summary>Everything that reads what others wrote, fed with what is almost right: it reads, or says by a FormatException that it is
/// not what it should be, and nothing else happens.</summary>
public sealed class ForeignBytesTests
{
    private const int Tries = 2000;

    public static TheoryData<string, string, Action<byte[]>> Readers()
    {
        TheoryData<string, string, Action<byte[]>> data = [];
        foreach ((string what, string right, Action<byte[]> read) in ForeignReaders.All())
        {
            data.Add(what, right, read);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Readers), DisableDiscoveryEnumeration = true)]
    public void Read_AlmostRight_ReadsOrSaysThatItIsNot(string what, string right, Action<byte[]> read)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(right);
        read(bytes);
        var random = new Random(11);
        for (int i = 0; i < Tries; i++)
        {
            byte[] changed = Change(bytes, random);
            Exception? thrown = Record.Exception(() => read(changed));
            Assert.True(thrown is null or FormatException, $"{what}: {thrown} for {Convert.ToBase64String(changed)}");
        }
    }

    /// <summary>One to three changes: a byte set, some taken out, some put in twice, something of JSON put in.</summary>
    private static byte[] Change(byte[] bytes, Random random)
    {
        string[] pieces = ["\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\\u0000", "\n", "\n\n", "— a AAAAAAA=\n", "999999999999999999999999999999999999999999", "é", "0x"];
        List<byte> changed = [.. bytes];
        for (int changes = random.Next(1, 4); changes > 0 && changed.Count > 0; changes--)
        {
            int at = random.Next(changed.Count);
            int count = Math.Min(changed.Count - at, random.Next(1, 40));
            switch (random.Next(4))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.RemoveRange(at, count);
                    break;
                case 2:
                    changed.InsertRange(random.Next(changed.Count), changed.GetRange(at, count));
                    break;
                default:
                    changed.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                    break;
            }
        }

        return [.. changed];
    }
}
