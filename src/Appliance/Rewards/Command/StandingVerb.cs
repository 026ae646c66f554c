using System.Globalization;
using Appliance.Startup;
using global::Rewards.Verdicts;

namespace Appliance.Rewards.Command;

/// <summary>The verb <c>rewards standing</c>: what verdicts say of boxes.</summary>
internal static class StandingVerb
{
    /// <returns>0 where no box has lost its standing, 1 where one has.</returns>
    public static async Task<int> RunAsync(RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        List<SignedVerdict> verdicts = [];
        foreach (string path in options.Arguments.DefaultIfEmpty(VerifyVerb.UsualBook))
        {
            verdicts.AddRange(await ReadAsync(path, cancellationToken));
        }

        if (verdicts.Count == 0)
        {
            await output.WriteLineAsync("There are no verdicts.");
            return 0;
        }

        return await WriteAsync(verdicts, output) ? 1 : 0;
    }

    /// <summary>A line for each box and verifier.</summary>
    /// <returns>Whether any has lost its standing.</returns>
    public static async Task<bool> WriteAsync(IEnumerable<SignedVerdict> verdicts, TextWriter output)
    {
        bool isAnyLost = false;
        foreach (BoxStanding standing in StandingRule.Of(verdicts))
        {
            string grade = standing.Grade switch
            {
                StandingGrade.Good => "stands good",
                StandingGrade.Doubtful => "is doubtful",
                _ => $"has lost its standing, by verdict {standing.LostBy.ToString(CultureInfo.InvariantCulture)}",
            };
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{standing.Device} {grade}: {standing.Points} points of {StandingRule.LostFrom} against it, of {standing.Accepted} accepted and {standing.Rejected} rejected by {standing.Verifier}."));
            isAnyLost |= standing.Grade == StandingGrade.Lost;
        }

        return isAnyLost;
    }

    private static async Task<IReadOnlyList<SignedVerdict>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path).Length <= VerdictBook.LengthLimit
                ? VerdictBook.Read(await File.ReadAllBytesAsync(path, cancellationToken))
                : throw new CommandStoppedException($"{path} has more than {VerdictBook.LengthLimit} bytes.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandStoppedException($"{path} cannot be read: {exception.Message}");
        }
        catch (FormatException exception)
        {
            throw new CommandStoppedException($"{path} does not hold: {exception.Message}");
        }
    }
}
