using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Appliance.Fuzz;

/// <summary>Makes inputs that are almost right out of right ones.</summary>
/// <param name="random">The only source of chance.</param>
/// <param name="words">Of the target.</param>
/// <param name="longest">The longest an input gets, in bytes.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words, int longest)
{
    /// <summary>Changes of one input.</summary>
    private const int MostChanges = 6;

    /// <summary>Of a large one, seldom.</summary>
    private const int MostOfLarge = 80;

    private const int LargeBytes = 4096;

    /// <summary>How often one piece is repeated: enough to pass limits of counts and of depth.</summary>
    private const int MostRepeats = 5000;

    private static readonly byte[] OddBytes = [0, 1, 0x0A, 0x0D, 0x20, 0x22, 0x2E, 0x2F, 0x5C, 0x7F, 0x80, 0xC0, 0xFE, 0xFF];

    private static readonly long[] OddNumbers =
    [
        0, 1, -1, 2, 7, 8, 15, 16, 63, 64, 127, 128, 255, 256, 4095, 4096, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 53, long.MaxValue,
        long.MaxValue - 1, long.MinValue,
    ];

    private static readonly byte[][] OddTexts =
    [
        .. new[]
        {
            "-0", "00", "0x10", "+1", "1e999", "1e-999", "NaN", "Infinity", "0.1", "18446744073709551615", "18446744073709551616", "9223372036854775808", "99999999999999999999999999999999999999",
            "%00", "%2e%2e%2f", "../", "..\\", "\r\n", "\n\n", "\0", "null", "true", "{}", "[]", "\"\"", "\\u0000", "\\ud800", "{{", "<!--", "]]>", "&amp;", "﻿", "é", "\u2028", "𝄞",
        }.Select(Encoding.UTF8.GetBytes),

        // What is no UTF-8: overlong, half of a pair, beyond Unicode, cut off.
        [0xC0, 0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE], [0xE2, 0x82],
    ];

    /// <param name="input">Right, or almost.</param>
    /// <param name="other">Another, of which parts are taken.</param>
    public byte[] Change(byte[] input, byte[] other)
    {
        List<byte> changed = [.. input];
        int most = input.Length > LargeBytes && random.Next(3) == 0 ? MostOfLarge : MostChanges;
        for (int changes = 1 + random.Next(most); changes > 0; changes--)
        {
            ChangeOnce(changed, other);
            if (changed.Count > longest)
            {
                changed.RemoveRange(longest, changed.Count - longest);
            }
        }

        return [.. changed];
    }

    private void ChangeOnce(List<byte> bytes, byte[] other)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(Word());
            return;
        }

        int at = random.Next(bytes.Count);
        switch (random.Next(16))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = OddBytes[random.Next(OddBytes.Length)];
                break;
            case 2:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                WriteNumber(bytes, at);
                break;
            case 4 or 5:
                ReplaceDigits(bytes, at);
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                bytes.RemoveRange(at, Length(bytes.Count - at));
                break;
            case 8:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Length(bytes.Count - at)));
                break;
            case 9:
                Repeat(bytes, at);
                break;
            case 10 or 11:
                bytes.InsertRange(at, Word());
                break;
            case 12:
                Overwrite(bytes, at, Word());
                break;
            case 13 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Length(other.Length - from)));
                break;
            case 14 when other.Length > 0:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(Math.Min(at, other.Length - 1)));
                break;
            default:
                MoveLine(bytes, at);
                break;
        }
    }

    /// <summary>Mostly a few bytes, seldom many.</summary>
    private int Length(int most) => Math.Min(most, 1 + (random.Next(4) == 0 ? random.Next(most) : random.Next(Math.Min(most, 16))));

    private byte[] Word() => words.Count > 0 && random.Next(3) > 0 ? words[random.Next(words.Count)] : OddTexts[random.Next(OddTexts.Length)];

    private static void Overwrite(List<byte> bytes, int at, ReadOnlySpan<byte> word)
    {
        bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
        bytes.InsertRange(at, word);
    }

    /// <summary>A number at a limit, in either order of bytes.</summary>
    private void WriteNumber(List<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[8];
        long value = OddNumbers[random.Next(OddNumbers.Length)];
        int width = 1 << random.Next(4);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number = number[..width];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number = number[^width..];
        }

        Overwrite(bytes, at, number);
    }

    /// <summary>The next number that is written in digits becomes one at a limit.</summary>
    private void ReplaceDigits(List<byte> bytes, int at)
    {
        int start = bytes.FindIndex(at, digit => digit is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
        {
            return;
        }

        int end = start;
        while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, random.Next(2) == 0
            ? Encoding.ASCII.GetBytes(OddNumbers[random.Next(OddNumbers.Length)].ToString(CultureInfo.InvariantCulture))
            : OddTexts[random.Next(OddTexts.Length)]);
    }

    private void Repeat(List<byte> bytes, int at)
    {
        byte[] piece = [.. bytes.GetRange(at, Length(Math.Min(64, bytes.Count - at)))];
        int times = Math.Min(random.Next(4) == 0 ? random.Next(MostRepeats) : random.Next(16), (longest - bytes.Count) / piece.Length);
        byte[] all = new byte[piece.Length * Math.Max(0, times)];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = piece[i % piece.Length];
        }

        bytes.InsertRange(at, all);
    }

    /// <summary>The line or other piece around a place comes twice, goes, or comes elsewhere.</summary>
    private void MoveLine(List<byte> bytes, int at)
    {
        byte end = (byte)"\n,;>&"[random.Next(5)];
        int start = bytes.LastIndexOf(end, at) + 1;
        int stop = bytes.IndexOf(end, Math.Min(start, bytes.Count - 1));
        int length = (stop < 0 ? bytes.Count : stop + 1) - start;
        if (length <= 0)
        {
            return;
        }

        byte[] line = [.. bytes.GetRange(start, length)];
        int what = random.Next(3);
        if (what > 0)
        {
            bytes.RemoveRange(start, length);
        }

        if (what < 2)
        {
            bytes.InsertRange(random.Next(bytes.Count + 1), line);
        }
    }
}
