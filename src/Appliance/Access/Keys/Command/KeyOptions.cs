using System.Globalization;
using Appliance.Startup;

namespace Appliance.Access.Keys.Command;

/// <summary>What <c>key</c> was told.</summary>
/// <param name="Verb"><c>add</c>, <c>list</c> or <c>remove</c>.</param>
/// <param name="Argument">The name, or the id.</param>
/// <param name="Terms">What <c>add</c> makes.</param>
/// <param name="DataFolder">Of the box.</param>
internal sealed record KeyOptions(string Verb, string? Argument, KeyTerms Terms, string DataFolder)
{
    public const string Usage =
        """
        appliance key add NAME --scope LIST     make an API key, and print it once
        appliance key list                      show what keys there are
        appliance key remove ID                 take one away, at once also from a box that runs

          --scope LIST           what it may: any of play, links, library, jobs, orders, figures, owner, with commas between
          --days N               how long it holds                                    (default without end)
          --rate N               requests a minute
          --quota SECONDS        seconds of media it may ask for in a day
          --funds ADDRESS        whose orders it may make, with the scope orders
          --data DIR             the box's data folder            (default $APPLIANCE_DATA, else ~/.local/share/appliance)

        It works on the data folder itself: whoever may write there owns the box. Exit status: 0 done; 1 it could not be; 2 the command line makes no sense.
        """;

    private const int MostDays = 36_500;

    private static readonly string[] Names = ["--scope", "--days", "--rate", "--quota", "--funds", "--data"];

    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static KeyOptions? Parse(IReadOnlyList<string> arguments, DateTimeOffset now)
    {
        List<string> words = [];
        var values = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--help" or "-h")
            {
                return null;
            }

            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(arguments[i]);
                continue;
            }

            (string name, string? inline) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            if (!Names.Contains(name))
            {
                throw new UsageException($"Unknown option {name}. key --help lists what there is.");
            }

            string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
            values[name] = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
        }

        string data = CommandLine.DataFolder(values.GetValueOrDefault("--data"), Environment.GetEnvironmentVariable);
        return words switch
        {
            [] => null,
            ["add", var name] => new("add", name, Sound(TermsOf(name, values, now), now), data),
            ["list"] => new("list", null, new(null, null), data),
            ["remove", var id] => new("remove", id, new(null, null), data),
            _ => throw new UsageException($"There is no key {string.Join(' ', words)}. key --help lists what there is."),
        };
    }

    private static KeyTerms TermsOf(string name, Dictionary<string, string> values, DateTimeOffset now) => new(
        name,
        values.GetValueOrDefault("--scope")?.Split(','),
        Number(values, "--days", MostDays) is { } days ? now.AddDays(days) : null,
        (int?)Number(values, "--rate", int.MaxValue),
        Number(values, "--quota", long.MaxValue),
        values.GetValueOrDefault("--funds"));

    private static KeyTerms Sound(KeyTerms terms, DateTimeOffset now) => terms.Complaint(now) is { } complaint ? throw new UsageException(complaint) : terms;

    private static long? Number(Dictionary<string, string> values, string name, long most) =>
        !values.TryGetValue(name, out string? text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1 && number <= most ? number
        : throw new UsageException($"{name} wants a number from 1 on, not {text}.");
}
