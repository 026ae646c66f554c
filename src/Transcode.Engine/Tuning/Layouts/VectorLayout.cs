using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>The conversions by vectors, a row at a time. A row's last vector ends with it, and so may do over what the one before did;
/// rows shorter than a vector are done by <see cref="ScalarLayout"/>.</summary>
internal sealed unsafe class VectorLayout<TWords, TVector>(PixelLayout source, PixelLayout target) : LayoutConverter(source, target)
    where TWords : IWords<TVector>
    where TVector : struct
{
    private readonly ScalarLayout narrow = new(source, target);

    protected override void Component(int component, PictureView from, PictureView to)
    {
        int columns = Source.Columns(component, from.Width);
        int rows = Source.Rows(component, from.Height);
        if (columns < TWords.Count)
        {
            narrow.OneOrBoth(component, from, to);
            return;
        }

        bool both = component == 1 && (Source.IsPaired || Target.IsPaired);
        int secondFrom = both && !Source.IsPaired ? 2 : Source.PlaneOf(component);
        int secondTo = both && !Target.IsPaired ? 2 : Target.PlaneOf(component);
        fixed (byte* source = from.Plane(component), other = from.Plane(secondFrom), target = to.Plane(component), otherTarget = to.Plane(secondTo))
        {
            for (nint row = 0; row < rows; row++)
            {
                byte* fromRow = source + (row * from.Pitch(component));
                byte* otherRow = other + (row * from.Pitch(secondFrom));
                byte* toRow = target + (row * to.Pitch(component));
                byte* otherToRow = otherTarget + (row * to.Pitch(secondTo));
                if (both)
                {
                    Pairs(fromRow, otherRow, toRow, otherToRow, columns);
                }
                else if (Source == Target)
                {
                    new ReadOnlySpan<byte>(fromRow, columns * Source.SampleBytes).CopyTo(new(toRow, columns * Source.SampleBytes));
                }
                else
                {
                    Row(fromRow, toRow, columns);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(byte* from, byte* to, nint columns)
    {
        bool wide = Source.SampleBytes == 2, toWide = Target.SampleBytes == 2;
        int down = Source.Shift, up = Target.Shift + (!wide && toWide ? 2 : 0);
        nint last = columns - TWords.Count;
        for (nint x = 0; x < columns; x += TWords.Count)
        {
            nint at = Math.Min(x, last);
            TVector samples = wide ? TWords.ShiftRight(TWords.Load((ushort*)from + at), down) : TWords.LoadBytes(from + at);
            if (toWide)
            {
                TWords.Store(TWords.ShiftLeft(samples, up), (ushort*)to + at);
            }
            else
            {
                TWords.StoreBytes(wide ? Narrow(samples) : samples, to + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pairs(byte* from, byte* other, byte* to, byte* otherTo, nint columns)
    {
        bool wide = Source.SampleBytes == 2, toWide = Target.SampleBytes == 2, paired = Source.IsPaired, toPaired = Target.IsPaired;
        int down = Source.Shift, up = Target.Shift + (!wide && toWide ? 2 : 0);
        nint last = columns - TWords.Count;
        for (nint x = 0; x < columns; x += TWords.Count)
        {
            nint at = Math.Min(x, last);
            TVector first, second;
            if (wide)
            {
                first = paired ? TWords.LoadPairs((ushort*)from + (2 * at), out second) : Two((ushort*)from + at, (ushort*)other + at, out second);
                first = TWords.ShiftRight(first, down);
                second = TWords.ShiftRight(second, down);
            }
            else
            {
                first = paired ? LoadPairs(from + (2 * at), out second) : Two(from + at, other + at, out second);
            }

            if (toWide)
            {
                StoreWords(TWords.ShiftLeft(first, up), TWords.ShiftLeft(second, up), (ushort*)to, (ushort*)otherTo, at, toPaired);
            }
            else
            {
                StoreBytes(wide ? Narrow(first) : first, wide ? Narrow(second) : second, to, otherTo, at, toPaired);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Two(byte* from, byte* other, out TVector second)
    {
        second = TWords.LoadBytes(other);
        return TWords.LoadBytes(from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Two(ushort* from, ushort* other, out TVector second)
    {
        second = TWords.Load(other);
        return TWords.Load(from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWords(TVector first, TVector second, ushort* to, ushort* other, nint at, bool paired)
    {
        if (paired)
        {
            TWords.StorePairs(first, second, to + (2 * at));
            return;
        }

        TWords.Store(first, to + at);
        TWords.Store(second, other + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBytes(TVector first, TVector second, byte* to, byte* other, nint at, bool paired)
    {
        if (paired)
        {
            TWords.Store(TWords.Or(first, TWords.ShiftLeft(second, 8)), to + (2 * at));
            return;
        }

        TWords.StoreBytes(first, to + at);
        TWords.StoreBytes(second, other + at);
    }

    /// <summary>Of bytes in pairs, the first ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadPairs(byte* from, out TVector second)
    {
        TVector pairs = TWords.Load(from);
        second = TWords.ShiftRight(pairs, 8);
        return TWords.And(pairs, TWords.Fill(0xFF));
    }

    /// <summary>min(255, (s + 1 + bit 2 of s) ≫ 2): a quarter, rounded to the nearest and to the even of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Narrow(TVector value)
    {
        TVector one = TWords.Fill(1);
        TVector odd = TWords.And(TWords.ShiftRight(value, 2), one);
        return TWords.Min(TWords.ShiftRight(TWords.Add(TWords.Add(value, one), odd), 2), TWords.Fill(byte.MaxValue));
    }
}
