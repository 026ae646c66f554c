using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Appliance.Cmcd;

/// <summary>Reads a dictionary of structured fields (RFC 8941, 3.2), as far as client data needs it: integers, strings,
/// tokens and booleans. Of an inner list the first item counts; decimals and byte sequences are read over; parameters
/// too. Any fault makes the whole field unreadable, as the RFC has it.</summary>
internal ref struct StructuredDictionary
{
    private const int LongestField = 4096;

    private const int MostMembers = 64;

    /// <summary>RFC 8941, 3.3.1.</summary>
    private const int IntegerDigits = 15;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private StructuredDictionary(ReadOnlySpan<char> text) => _text = text;

    private readonly bool AtEnd => _at == _text.Length;

    private readonly char Next => _at < _text.Length ? _text[_at] : '\0';

    /// <param name="field">At most 4096 characters and 64 members.</param>
    /// <param name="values">By key: a <see cref="long"/>, a <see cref="string"/> (strings and tokens), a <see cref="bool"/>, or an
    /// <see cref="object"/> that is none of these for what was read over. The last of equal keys counts.</param>
    public static bool TryParse(string field, [NotNullWhen(true)] out Dictionary<string, object>? values)
    {
        values = null;
        if (field.Length > LongestField)
        {
            return false;
        }

        var parser = new StructuredDictionary(field.AsSpan().Trim(' '));
        var members = new Dictionary<string, object>(StringComparer.Ordinal);
        if (!parser.TryReadMembers(members))
        {
            return false;
        }

        values = members;
        return true;
    }

    private bool TryReadMembers(Dictionary<string, object> members)
    {
        for (int count = 0; !AtEnd; count++)
        {
            if (count == MostMembers || !TryReadKey(out string? key))
            {
                return false;
            }

            object? value = true;
            if (TryTake('=') && !(Next == '(' ? TryReadInnerList(out value) : TryReadItem(out value)))
            {
                return false;
            }

            if (!TrySkipParameters())
            {
                return false;
            }

            members[key] = value!;
            SkipSpace();
            if (AtEnd)
            {
                return true;
            }

            if (!TryTake(','))
            {
                return false;
            }

            SkipSpace();
            if (AtEnd)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadKey([NotNullWhen(true)] out string? key)
    {
        int start = _at;
        key = null;
        if (!(char.IsAsciiLetterLower(Next) || Next == '*'))
        {
            return false;
        }

        while (char.IsAsciiLetterLower(Next) || char.IsAsciiDigit(Next) || Next is '_' or '-' or '.' or '*')
        {
            _at++;
        }

        key = _text[start.._at].ToString();
        return true;
    }

    private bool TryReadInnerList([NotNullWhen(true)] out object? first)
    {
        first = null;
        _at++;
        while (true)
        {
            SkipSpace();
            if (TryTake(')'))
            {
                first ??= new object();
                return true;
            }

            if (!TryReadItem(out object? item) || !TrySkipParameters() || Next is not (' ' or ')'))
            {
                return false;
            }

            first ??= item;
        }
    }

    private bool TryReadItem([NotNullWhen(true)] out object? value) => Next switch
    {
        '"' => TryReadString(out value),
        '?' => TryReadBoolean(out value),
        ':' => TrySkipBytes(out value),
        '-' or (>= '0' and <= '9') => TryReadNumber(out value),
        _ => TryReadToken(out value),
    };

    private bool TryReadString([NotNullWhen(true)] out object? value)
    {
        var text = new System.Text.StringBuilder();
        value = null;
        for (_at++; !AtEnd; _at++)
        {
            char next = _text[_at];
            if (next == '"')
            {
                _at++;
                value = text.ToString();
                return true;
            }

            if (next == '\\')
            {
                _at++;
                if (Next is not ('"' or '\\'))
                {
                    return false;
                }

                next = _text[_at];
            }
            else if (next is < ' ' or > '~')
            {
                return false;
            }

            text.Append(next);
        }

        return false;
    }

    private bool TryReadBoolean([NotNullWhen(true)] out object? value)
    {
        _at++;
        value = Next switch { '1' => true, '0' => false, _ => null };
        _at++;
        return value is not null;
    }

    private bool TrySkipBytes([NotNullWhen(true)] out object? value)
    {
        value = null;
        int length = _text[(_at + 1)..].IndexOf(':');
        if (length < 0)
        {
            return false;
        }

        _at += length + 2;
        value = new object();
        return true;
    }

    private bool TryReadNumber([NotNullWhen(true)] out object? value)
    {
        int start = _at;
        value = null;
        TryTake('-');
        int digits = Digits();
        if (digits is 0 or > IntegerDigits)
        {
            return false;
        }

        if (TryTake('.'))
        {
            value = new object();
            return Digits() is >= 1 and <= 3;
        }

        value = long.Parse(_text[start.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return true;
    }

    private int Digits()
    {
        int start = _at;
        while (char.IsAsciiDigit(Next))
        {
            _at++;
        }

        return _at - start;
    }

    private bool TryReadToken([NotNullWhen(true)] out object? value)
    {
        int start = _at;
        value = null;
        if (!(char.IsAsciiLetter(Next) || Next == '*'))
        {
            return false;
        }

        while (char.IsAsciiLetterOrDigit(Next) || (Next != '\0' && "!#$%&'*+-.^_`|~:/".Contains(Next)))
        {
            _at++;
        }

        value = _text[start.._at].ToString();
        return true;
    }

    private bool TrySkipParameters()
    {
        while (TryTake(';'))
        {
            while (TryTake(' '))
            {
            }

            if (!TryReadKey(out _) || (TryTake('=') && !TryReadItem(out _)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(char wanted)
    {
        if (Next != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (Next is ' ' or '\t')
        {
            _at++;
        }
    }
}
