using Microsoft.Data.Sqlite;

namespace Rewards.Durability;

/// <summary>Statements over a database. Not thread-safe: the database's one thread uses it.</summary>
internal abstract class DatabaseTable(SqliteConnection connection)
{
    /// <summary>The transaction under way, or null.</summary>
    public SqliteTransaction? Current { get; set; }

    public SqliteConnection Connection => connection;

    protected void Execute(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <param name="sql">With parameters <c>$p0</c>, <c>$p1</c> …</param>
    /// <param name="values">Theirs.</param>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        SqliteCommand command = connection.CreateCommand();
        // Within a transaction every statement must name it, a query too.
        command.Transaction = Current;
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$p" + i, values[i]);
        }

        return command;
    }
}
