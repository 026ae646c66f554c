using Microsoft.Data.Sqlite;
using Rewards.Durability;

namespace Rewards.Log;

/// <summary>Where what a database numbers stands in the log: its table <c>logged (entry, log_index)</c>. Not thread-safe: the database's one thread
/// uses it.</summary>
internal static class LoggedPlaces
{
    /// <summary>The last entry that has its place in the log, and that place; 0 and −1 where none has.</summary>
    public static (long Entry, long Index) Last(DatabaseTable table)
    {
        using SqliteCommand command = table.Command("SELECT entry, log_index FROM logged ORDER BY entry DESC LIMIT 1");
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : (0, -1);
    }

    /// <summary>Where an entry stands; null where that is not noted.</summary>
    public static long? IndexOf(DatabaseTable table, long entry)
    {
        using SqliteCommand command = table.Command("SELECT log_index FROM logged WHERE entry = $p0", entry);
        return (long?)command.ExecuteScalar();
    }

    /// <summary>Notes where an entry stands.</summary>
    /// <param name="table">The database.</param>
    /// <param name="entry">The one after the last that was noted, or one that was noted with the same place.</param>
    /// <param name="index">Behind the last that was noted.</param>
    /// <param name="count">How many entries there are.</param>
    /// <returns>What speaks against it, for people; null where it is noted, now or before.</returns>
    public static string? Mark(DatabaseTable table, long entry, long index, long count)
    {
        (long last, long lastIndex) = Last(table);
        if (entry >= 1 && entry <= last)
        {
            long? standing = IndexOf(table, entry);
            return standing == index ? null : $"Entry {entry} is number {standing} of the log, and not {index}.";
        }

        if (entry != last + 1 || index <= lastIndex || entry > count)
        {
            return $"Entry {entry} cannot be number {index} of the log: entry {last} is number {lastIndex}, and entries stand there in their order.";
        }

        using SqliteCommand command = table.Command("INSERT INTO logged VALUES ($p0, $p1)", entry, index);
        command.ExecuteNonQuery();
        return null;
    }

    /// <summary>Do the first entries all have their places, in order?</summary>
    public static bool AreInOrder(DatabaseTable table) => DatabaseFile.Number(
        table.Connection,
        "SELECT count(*) FROM (SELECT log_index, lag(log_index, 1, -1) OVER (ORDER BY entry) AS before, entry, row_number() OVER (ORDER BY entry) AS place FROM logged) WHERE log_index <= before OR entry <> place") == 0;
}
