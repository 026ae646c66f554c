using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Rewards.Durability;

/// <summary>The one thread that owns a database; everything else queues, in a queue with a limit.</summary>
internal sealed class DatabaseThread<TTable> : IAsyncDisposable
    where TTable : DatabaseTable
{
    private readonly DatabaseFile _file;
    private readonly TTable _table;
    private readonly DatabaseForm _form;
    private readonly int _batchLimit;
    private readonly Action<SqliteTransaction> _commit;
    private readonly Channel<DatabaseRequest<TTable>> _requests;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DatabaseThread(DatabaseFile file, TTable table, DatabaseForm form, int queueLimit, int batchLimit, Action<SqliteTransaction> commit)
    {
        _file = file;
        _table = table;
        _form = form;
        _batchLimit = batchLimit;
        _commit = commit;
        _requests = Channel.CreateBounded<DatabaseRequest<TTable>>(new BoundedChannelOptions(queueLimit) { SingleReader = true });
        new Thread(Serve) { IsBackground = true, Name = form.Name }.Start();
    }

    /// <summary>Opens a file, or makes it, has what is in it looked at, and begins.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="form">What the file is.</param>
    /// <param name="tableOf">Its statements.</param>
    /// <param name="require">Throws where what is in it is not sound.</param>
    /// <param name="queueLimit">Requests that may wait; whoever brings one more waits for room.</param>
    /// <param name="batchLimit">Requests that one commit serves.</param>
    /// <param name="commit">Makes a transaction durable.</param>
    /// <exception cref="Exception">What <see cref="DatabaseForm.Fault"/> makes: it is in use, damaged, of another version, or something else.</exception>
    public static DatabaseThread<TTable> Open(
        string path, DatabaseForm form, Func<SqliteConnection, TTable> tableOf, Action<TTable> require, int queueLimit, int batchLimit, Action<SqliteTransaction> commit)
    {
        DatabaseFile file = DatabaseFile.Open(path, form);
        try
        {
            TTable table = tableOf(file.Connection);
            require(table);
            return new(file, table, form, queueLimit, batchLimit, commit);
        }
        catch (Exception exception) when (exception is SqliteException or FormatException or InvalidCastException)
        {
            file.Dispose();
            throw form.Fault($"{path} is damaged: {exception.Message}. It was left as it is: restore a copy, or move it away.", exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <param name="request">Executed in the order of asking.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is executed all the same.</param>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(DatabaseRequest<TTable, TAnswer> request, CancellationToken cancellationToken)
    {
        try
        {
            await _requests.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw new ObjectDisposedException($"The {_form.Name} is closed.", exception);
        }

        return await request.Answer.ConfigureAwait(false);
    }

    /// <summary>Writes what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Serve()
    {
        List<DatabaseRequest<TTable>> batch = [];
        try
        {
            while (WaitForRequest())
            {
                batch.Clear();
                while (batch.Count < _batchLimit && _requests.Reader.TryRead(out DatabaseRequest<TTable>? request))
                {
                    batch.Add(request);
                }

                Execute(batch);
            }

            _file.Dispose();
            _ended.SetResult();
        }
        catch (Exception exception)
        {
            _requests.Writer.TryComplete();
            while (_requests.Reader.TryRead(out DatabaseRequest<TTable>? request))
            {
                batch.Add(request);
            }

            Exception failure = _form.Fault($"The {_form.Name} has stopped: " + exception.Message, exception);
            batch.ForEach(request => request.Fail(failure));
            _file.Dispose();

            _ended.SetException(exception);
        }
    }

    private bool WaitForRequest()
    {
        ValueTask<bool> waiting = _requests.Reader.WaitToReadAsync();
        return waiting.IsCompleted ? waiting.Result : waiting.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>All of a batch becomes durable by one commit, and only then is anybody answered. A crash before the commit
    /// leaves none of it and nobody was told otherwise; a crash after it leaves all of it, and who was not told may bring
    /// the same again. A commit may fail after it reached the disk: nothing is remembered here that the file does not say.</summary>
    private void Execute(List<DatabaseRequest<TTable>> batch)
    {
        try
        {
            using SqliteTransaction transaction = _file.Connection.BeginTransaction();
            _table.Current = transaction;
            foreach (DatabaseRequest<TTable> request in batch)
            {
                request.Execute(_table);
            }

            _commit(transaction);
        }
        catch (SqliteException exception)
        {
            Exception failure = _form.Fault($"The {_form.Name} could not be written: " + exception.Message, exception);
            batch.ForEach(request => request.Fail(failure));
            return;
        }
        finally
        {
            _table.Current = null;
        }

        batch.ForEach(request => request.Complete());
    }
}
