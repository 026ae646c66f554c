using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Rewards.Metering;

/// <summary>The record of all work this box finished: each piece once, durably, in one order. Any thread may call it; one
/// thread of its own owns the file.</summary>
public sealed class WorkLedger : IAsyncDisposable
{
    /// <summary>The most records one read gives.</summary>
    public const int ReadLimit = 1000;

    private readonly LedgerFile _file;
    private readonly WorkTable _table;
    private readonly WorkLedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<LedgerRequest> _requests;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastSequence;

    private WorkLedger(LedgerFile file, WorkTable table, WorkLedgerOptions options, TimeProvider time)
    {
        _file = file;
        _table = table;
        _options = options;
        _time = time;
        _lastSequence = table.LastSequence();
        _requests = Channel.CreateBounded<LedgerRequest>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _thread = new Thread(Serve) { IsBackground = true, Name = "work ledger" };
        _thread.Start();
    }

    /// <summary>Opens the ledger at <paramref name="path"/>, or makes one where there is no file. What is there and is
    /// not a sound ledger of this version is refused and left as it is.</summary>
    /// <param name="path">The file; its folder must exist. Beside it lie <c>.lock</c>, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock that records are stamped with.</param>
    /// <exception cref="LedgerException">The ledger is in use, damaged, of another version, or something else.</exception>
    public static WorkLedger Open(string path, WorkLedgerOptions options, TimeProvider time)
    {
        options.Validate();
        LedgerFile file = LedgerFile.Open(path);
        try
        {
            var table = new WorkTable(file.Connection);
            LedgerVerification.Require(table, file.Connection, path, options.VerifiedRecords);
            return new(file, table, options, time);
        }
        catch (SqliteException exception)
        {
            file.Dispose();
            throw new LedgerException($"{path} is damaged: {exception.Message}. It was left as it is.", exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Records finished work. When the task completes, the record is on disk; a caller that saw no completion may
    /// bring the same work again, and it is still recorded once.</summary>
    /// <param name="work">What was done.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is recorded all the same.</param>
    /// <exception cref="ArgumentException">A field is outside its range, or there is no weight for its codec.</exception>
    /// <exception cref="LedgerException">It could not be written; nothing was recorded as far as is known.</exception>
    public Task<RecordedWork> RecordAsync(WorkMeasurement work, CancellationToken cancellationToken = default)
    {
        WorkMeasurement measured = work.Checked();
        return AskAsync(new RecordRequest(measured, IdempotencyKey.Of(measured), WeightTable.Current.WeightedPixels(measured)), cancellationToken);
    }

    /// <summary>The records that follow number <paramref name="afterSequence"/>, in order.</summary>
    /// <param name="afterSequence">0 to begin with the first.</param>
    /// <param name="limit">1 to <see cref="ReadLimit"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<WorkRecord>> ReadAsync(long afterSequence, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, ReadLimit);
        return AskAsync(new QueryRequest<IReadOnlyList<WorkRecord>>(table => table.Read(afterSequence, limit)), cancellationToken);
    }

    /// <summary>The sums over everything recorded, one entry for each demand there was work for.</summary>
    public Task<IReadOnlyList<WorkTotals>> TotalsAsync(CancellationToken cancellationToken = default) =>
        AskAsync(new QueryRequest<IReadOnlyList<WorkTotals>>(table => table.Totals()), cancellationToken);

    /// <summary>Writes what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    private async Task<T> AskAsync<T>(LedgerRequest<T> request, CancellationToken cancellationToken)
    {
        try
        {
            await _requests.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw new ObjectDisposedException("The work ledger is closed.", exception);
        }

        return await request.Answer.ConfigureAwait(false);
    }

    private void Serve()
    {
        List<LedgerRequest> batch = [];
        try
        {
            while (WaitForRequest())
            {
                batch.Clear();
                while (batch.Count < _options.BatchLimit && _requests.Reader.TryRead(out LedgerRequest? request))
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
            while (_requests.Reader.TryRead(out LedgerRequest? request))
            {
                batch.Add(request);
            }

            var failure = new LedgerException("The work ledger has stopped: " + exception.Message, exception);
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
    /// the same work again.</summary>
    private void Execute(List<LedgerRequest> batch)
    {
        long last = _lastSequence;
        try
        {
            using SqliteTransaction transaction = _file.Connection.BeginTransaction();
            _table.Current = transaction;
            foreach (LedgerRequest request in batch)
            {
                request.Execute(_table, ref last, _time);
            }

            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            var failure = new LedgerException("The work ledger could not be written: " + exception.Message, exception);
            batch.ForEach(request => request.Fail(failure));
            // The commit may have failed after it reached the disk: ask the file, not our memory, which number is last.
            _table.Current = null;
            _lastSequence = _table.LastSequence();
            return;
        }

        _table.Current = null;
        _lastSequence = last;
        batch.ForEach(request => request.Complete());
    }
}
