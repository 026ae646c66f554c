using Microsoft.Data.Sqlite;

namespace Rewards.Metering;

/// <summary>Opens the ledger's file for its one writer.</summary>
/// <remarks>
/// The order of making a new one, and what a crash at each step leaves:
/// 1. the lock file is held, so nobody else does the same; a crash leaves an empty lock file, which means nothing;
/// 2. the tables are made in <c>PATH.new</c>; a crash leaves a file under that name, removed by the next start;
/// 3. it is renamed to PATH: now there is a ledger, and from here on a damaged one is never replaced;
/// 4. the first commit makes the write-ahead log, and SQLite then flushes the folder, the new name with it.
/// </remarks>
internal sealed class LedgerFile : IDisposable
{
    private readonly FileStream _lock;

    private LedgerFile(FileStream @lock, SqliteConnection connection)
    {
        _lock = @lock;
        Connection = connection;
    }

    public SqliteConnection Connection { get; }

    /// <exception cref="LedgerException">The folder is missing, the ledger is in use, or the file is not a sound ledger.</exception>
    public static LedgerFile Open(string path)
    {
        FileStream @lock = Lock(path);
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            return new(@lock, OpenExisting(path));
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(
                $"The ledger {path} cannot be taken: it is in use by another process, or its folder cannot be written ({exception.Message}).",
                exception);
        }
    }

    private static void Create(string path)
    {
        // A write-ahead log without its database is what is left of a ledger whose main file was lost.
        if (File.Exists(path + "-wal"))
        {
            throw new LedgerException($"{path} is missing, but its write-ahead log is there. Nothing was made: restore the file first.");
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
                LedgerSchema.Execute(connection, null, "PRAGMA synchronous = FULL");
                LedgerSchema.Create(connection);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (Exception exception) when (exception is SqliteException or IOException)
        {
            throw new LedgerException($"The ledger {path} cannot be made: {exception.Message}", exception);
        }
    }

    private static SqliteConnection OpenExisting(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path, SqliteOpenMode.ReadWrite);
            LedgerSchema.Require(connection, path);
            // FULL: in a write-ahead log, NORMAL would flush at checkpoints only, and a power cut could take back
            // records that were acknowledged (SQLite, "PRAGMA synchronous").
            LedgerSchema.Execute(
                connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
            return connection;
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw new LedgerException(
                $"{path} cannot be read as a ledger: {exception.Message}. It was left as it is: restore a copy, or move it away.", exception);
        }
        catch
        {
            connection?.Dispose();
            throw;
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
