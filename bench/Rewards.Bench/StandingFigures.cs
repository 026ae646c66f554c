using System.Globalization;
using Rewards.Verdicts;

namespace Rewards.Bench;

/// <summary>How many verdicts it takes until a box has lost its standing, on average: worked out, not tried.</summary>
internal static class StandingFigures
{
    public static void Print()
    {
        Console.WriteLine("| of a hundred pieces are rejected | verdicts until standing is lost, on average |");
        Console.WriteLine("|---|---|");
        foreach (double share in new[] { 0.01, 0.021, 0.037, 0.05, 0.1, 0.2, 0.5, 0.884 })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {100 * share:0.0} | {Mean(share, StandingRule.Next(0, VerdictOutcome.Rejected)):N0} |"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"of a box that is refuted each time: {Mean(1, StandingRule.Next(0, VerdictOutcome.Refuted)):N0}"));
    }

    /// <summary>The mean time of a Markov chain over points until it leaves them at the top, from none: E(s) = 1 + (1 − p)·E(s less one) + p·E(s and a rejection).</summary>
    /// <param name="share">That is rejected, above 0.</param>
    /// <param name="rejection">Points.</param>
    private static double Mean(double share, int rejection)
    {
        const int States = StandingRule.LostFrom;
        double[,] equations = new double[States, States + 1];
        for (int points = 0; points < States; points++)
        {
            equations[points, points] += 1;
            equations[points, StandingRule.Next(points, VerdictOutcome.Accepted)] -= 1 - share;
            if (points + rejection < States)
            {
                equations[points, points + rejection] -= share;
            }

            equations[points, States] = 1;
        }

        return Solve(equations, States)[0];
    }

    /// <summary>By Gauss and Jordan, with the largest pivot.</summary>
    private static double[] Solve(double[,] equations, int size)
    {
        for (int column = 0; column < size; column++)
        {
            int pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(equations[row, column]));
            for (int i = 0; i <= size; i++)
            {
                (equations[column, i], equations[pivot, i]) = (equations[pivot, i], equations[column, i]);
            }

            foreach (int row in Enumerable.Range(0, size).Where(row => row != column))
            {
                double factor = equations[row, column] / equations[column, column];
                for (int i = column; i <= size; i++)
                {
                    equations[row, i] -= factor * equations[column, i];
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(row => equations[row, size] / equations[row, row])];
    }
}
