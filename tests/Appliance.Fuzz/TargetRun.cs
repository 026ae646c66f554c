using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Appliance.Fuzz;

/// <summary>Feeds one target. Inputs that lead to what was not seen before are kept among those that others are made of.</summary>
/// <param name="target">Which.</param>
/// <param name="options">Seed, and where findings go.</param>
internal sealed class TargetRun(FuzzTarget target, FuzzOptions options)
{
    private const int MostFindings = 10;

    /// <summary>Of the calls that led to a refusal.</summary>
    private const int MostFrames = 3;

    /// <summary>Inputs that others are made of.</summary>
    private const int MostKept = 512;

    private long _begunAt;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<byte[]> _pool = [.. target.Seeds];

    public FuzzTarget Target => target;

    public TargetTally Tally { get; } = new();

    /// <summary>When the input in hand was begun, in <see cref="Stopwatch"/> ticks; 0 between two.</summary>
    public long BegunAt => Volatile.Read(ref _begunAt);

    /// <summary>What is read now, for whoever has to end it.</summary>
    public byte[] Current { get; private set; } = [];

    /// <param name="inputs">How many, those of earlier findings and the right ones beside.</param>
    /// <param name="told">Called now and then.</param>
    public void Run(long inputs, Action told)
    {
        foreach (byte[] input in Earlier().Concat(target.Seeds))
        {
            Try(input);
        }

        // Not the run's string hash, which differs from start to start.
        int seed = options.Seed ^ BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(target.Name)));
        var random = new Random(seed);
        var mutator = new Mutator(random, target.Words, target.LongestInput);
        for (long i = 0; i < inputs && Tally.Findings.Count < MostFindings; i++)
        {
            // Half of them come from what is right.
            byte[] origin = random.Next(2) == 0 ? target.Seeds[random.Next(target.Seeds.Count)] : _pool[random.Next(_pool.Count)];
            byte[] input = mutator.Change(origin, _pool[random.Next(_pool.Count)]);
            if (target.Mend is { } mend && random.Next(2) == 0)
            {
                input = mend(input);
            }

            Try(input);
            told();
        }
    }

    /// <summary>Writes an input down.</summary>
    /// <returns>Where.</returns>
    public string Keep(byte[] input)
    {
        string folder = Path.Combine(options.Kept, target.Name);
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        File.WriteAllBytes(file, input);
        return file;
    }

    /// <summary>What was found once and mended.</summary>
    private IEnumerable<byte[]> Earlier()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Regressions", target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];
    }

    private void Try(byte[] input)
    {
        Current = input;
        string? written = target.IsNative ? Keep(input) : null;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long begun = Stopwatch.GetTimestamp();
        Volatile.Write(ref _begunAt, begun);
        try
        {
            string? accepted = target.Read(input);
            if (Tally.Add(accepted is not null, accepted ?? "no"))
            {
                Take(input);
            }
        }
        catch (RefusedException refused)
        {
            if (Tally.Add(isAccepted: false, refused.Message))
            {
                Take(input);
            }
        }
        catch (Exception exception) when (exception is not FindingException && target.Refusals.Any(refusal => refusal.IsInstanceOfType(exception)))
        {
            if (Tally.Add(isAccepted: false, Place(exception)))
            {
                Take(input);
            }
        }
        catch (Exception exception)
        {
            Found(input, exception is FindingException ? exception.Message : exception.ToString());
        }

        Volatile.Write(ref _begunAt, 0);
        long took = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (took > target.MemoryLimit)
        {
            Found(input, $"{took} bytes were allocated, the limit is {target.MemoryLimit}.");
        }

        if (Stopwatch.GetElapsedTime(begun) > target.TimeLimit)
        {
            Found(input, $"It took {Stopwatch.GetElapsedTime(begun)}, the limit is {target.TimeLimit}.");
        }

        if (written is not null && !Tally.Findings.Any(finding => finding.StartsWith(written, StringComparison.Ordinal)))
        {
            File.Delete(written);
        }
    }

    private void Take(byte[] input)
    {
        if (_pool.Count < MostKept)
        {
            _pool.Add(input);
        }
    }

    /// <summary>The same, once more, is counted and not told.</summary>
    private void Found(byte[] input, string what)
    {
        string[] lines = what.Split('\n');
        if (_told.Add(Words(lines[0]) + lines.Skip(1).FirstOrDefault(line => line.Contains(" in ", StringComparison.Ordinal))))
        {
            Tally.Findings.Add($"{Keep(input)}: {what}");
        }
        else
        {
            Tally.Again();
        }
    }

    /// <summary>What a refusal is told from others by: where it was thrown, and by whose call.</summary>
    private static string Place(Exception exception) => string.Join(' ', new StackTrace(exception).GetFrames().Take(MostFrames)
        .Select(frame => $"{frame.GetMethod()?.DeclaringType?.Name}.{frame.GetMethod()?.Name}+{frame.GetILOffset()}").Prepend(exception.GetType().Name));

    /// <summary>A message without what differs from input to input: numbers, and what is quoted.</summary>
    private static string Words(string message)
    {
        var words = new StringBuilder();
        bool isQuoted = false;
        foreach (char character in message.AsSpan(0, Math.Min(message.Length, 160)))
        {
            isQuoted ^= character is '\'' or '"';
            if (!isQuoted && (char.IsAsciiLetter(character) || character is ' ' or '.' or ':'))
            {
                words.Append(character);
            }
        }

        return words.ToString();
    }
}
