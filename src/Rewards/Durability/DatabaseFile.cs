using Microsoft.Data.Sqlite;

namespace Rewards.Durability;

/// <summary>Opens a database file for its one writer.</summary>
/// <remarks>
/// The order of making a new one, and what a crash at each step leaves:
/// 1. the lock file is held, so nobody else does the same; a crash leaves an empty lock file, which means nothing;
/// 2. the tables are made in <c>PATH.new</c>; a crash leaves a file under that name, removed by the next start;
/// 3. it is renamed to PATH: now there is one, and from here on a damaged one is never replaced;
/// 4. the first commit makes the write-ahead log, and SQLite then flushes the folder, the new name with it.
/// </remarks>
internal sealed class DatabaseFile : IDisposable
{
    private readonly FileStream _lock;

    private DatabaseFile(FileStream @lock, SqliteConnection connection)
    {
        _lock = @lock;
        Connection = connection;
    }

    public SqliteConnection Connection { get; }

    /// <exception cref="Exception">What <see cref="DatabaseForm.Fault"/> makes: the folder is missing, the file is in use, or it is
    /// not a sound one of this form.</exception>
    public static DatabaseFile Open(string path, DatabaseForm form)
    {
        FileStream @lock = Lock(path, form);
        try
        {
            if (!File.Exists(path))
            {
                Create(path, form);
            }

            return new(@lock, OpenExisting(path, form));
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <summary>SQLite's own look at the file's structure: <c>ok</c>, or what first is wrong.</summary>
    public static string QuickCheck(SqliteConnection connection)
    {
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        return (string)check.ExecuteScalar()!;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path, DatabaseForm form)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw form.Fault(
                $"The {form.Name} {path} cannot be taken: it is in use by another process, or its folder cannot be written ({exception.Message}).",
                exception);
        }
    }

    private static void Create(string path, DatabaseForm form)
    {
        // A write-ahead log without its database is what is left where the main file was lost.
        if (File.Exists(path + "-wal"))
        {
            throw form.Fault($"{path} is missing, but its write-ahead log is there. Nothing was made: restore the file first.", null);
        }

        string unfinished = path + ".new";
        foreach (string leftover in new[] { unfinished, unfinished + "-journal", unfinished + "-wal", unfinished + "-shm" })
        {
            File.Delete(leftover);
        }

        try
        {
            using (SqliteConnection connection = Connect(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                Execute(connection, null, "PRAGMA synchronous = FULL");
                using SqliteTransaction transaction = connection.BeginTransaction();
                Execute(connection, transaction, $"{form.Tables} PRAGMA application_id = {form.ApplicationId}; PRAGMA user_version = {form.Version};");
                transaction.Commit();
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (Exception exception) when (exception is SqliteException or IOException)
        {
            throw form.Fault($"The {form.Name} {path} cannot be made: {exception.Message}", exception);
        }
    }

    private static SqliteConnection OpenExisting(string path, DatabaseForm form)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path, SqliteOpenMode.ReadWrite);
            Require(connection, path, form);
            // FULL: in a write-ahead log, NORMAL would flush at checkpoints only, and a power cut could take back
            // what was acknowledged (SQLite, "PRAGMA synchronous").
            Execute(
                connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
            return connection;
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw form.Fault(
                $"{path} cannot be read as a {form.Name}: {exception.Message}. It was left as it is: restore a copy, or move it away.", exception);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static void Require(SqliteConnection connection, string path, DatabaseForm form)
    {
        if (Number(connection, "PRAGMA application_id") != form.ApplicationId)
        {
            throw form.Fault($"{path} is not a {form.Name}. It was left as it is: move it away, or give another place.", null);
        }

        long version = Number(connection, "PRAGMA user_version");
        if (version != form.Version)
        {
            throw form.Fault(
                $"{path} is a {form.Name} of version {version}, and this build reads version {form.Version}. It was left as it is.", null);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
