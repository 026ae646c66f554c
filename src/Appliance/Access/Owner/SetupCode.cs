using System.Security.Cryptography;
using System.Text;

namespace Appliance.Access.Owner;

/// <summary>The code by which somebody becomes the owner: who reads the console, has the box. It is never written to a file, works once, is new at each
/// start, and dies of wrong tries; then there is another.</summary>
/// <param name="isWanted">Whether there is one: no owner is there yet, or another password is wanted.</param>
internal sealed class SetupCode(bool isWanted)
{
    /// <summary>Wrong tries that a code outlives, and one.</summary>
    public const int Tries = 5;

    /// <summary>Without what looks alike in some type or other: 0 O, 1 I L, U V.</summary>
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    /// <summary>39 bits, against five tries.</summary>
    private const int Length = 8;

    private readonly Lock gate = new();
    private string? code = isWanted ? Make() : null;
    private bool isTaken;
    private int wrong;

    /// <summary>Told of each code but the first.</summary>
    public event Action<string>? Made;

    /// <summary>As a person copies it, in two groups; null where nobody is to be set up.</summary>
    public string? Text
    {
        get
        {
            lock (gate)
            {
                return code is null ? null : Grouped(code);
            }
        }
    }

    public bool IsWanted => Text is not null;

    /// <summary>Takes the code, whatever case and marks it is written with. Whoever took it ends with <see cref="Use"/> or <see cref="PutBack"/>;
    /// until then nobody else can.</summary>
    public bool TryTake(string given)
    {
        string? fresh = null;
        lock (gate)
        {
            if (code is null || isTaken)
            {
                return false;
            }

            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Plain(given)), Encoding.UTF8.GetBytes(code)))
            {
                isTaken = true;
                return true;
            }

            if (++wrong == Tries)
            {
                (code, wrong) = (Make(), 0);
                fresh = Grouped(code);
            }
        }

        if (fresh is not null)
        {
            Made?.Invoke(fresh);
        }

        return false;
    }

    /// <summary>It did its work: there is none any more.</summary>
    public void Use()
    {
        lock (gate)
        {
            (code, isTaken) = (null, false);
        }
    }

    /// <summary>It did not: the password could not be kept.</summary>
    public void PutBack()
    {
        lock (gate)
        {
            isTaken = false;
        }
    }

    private static string Make() => RandomNumberGenerator.GetString(Letters, Length);

    private static string Grouped(string code) => $"{code[..(Length / 2)]}-{code[(Length / 2)..]}";

    /// <summary>No longer than makes sense to compare.</summary>
    private static string Plain(string given) =>
        new([.. given.Take(4 * Length).Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
