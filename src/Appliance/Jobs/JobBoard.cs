using System.Security.Cryptography;
using Appliance.Jobs.Batch;
using Appliance.Playback;
using Appliance.Sources;
using Transcode.Engine.Recipes;

namespace Appliance.Jobs;

/// <summary>The jobs of this box.</summary>
internal sealed class JobBoard(JobJournal journal, OutputSpace space, SegmentShelf shelf, TimeProvider time) : IDisposable
{
    /// <summary>Jobs held, ended ones included; more are refused.</summary>
    public const int Limit = 100;

    private const int IdBytes = 8;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _woken = new(0);
    private readonly List<Job> _jobs = [];
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>After a job has ended, or was deleted, on any thread.</summary>
    public event Action? Ended;

    /// <summary>After it was written down what a job's requester paid, on any thread.</summary>
    public event Action? Charged;

    /// <summary>Ends when the jobs of earlier starts are here.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Job> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _jobs];
            }
        }
    }

    /// <summary>Takes up the jobs of earlier starts. Once, before anything else.</summary>
    public void Load()
    {
        lock (_gate)
        {
            _jobs.AddRange(journal.Load().Select(NewJob));
        }

        _loaded.SetResult();
    }

    public Job? Find(string id)
    {
        lock (_gate)
        {
            return _jobs.FirstOrDefault(job => job.Id == id);
        }
    }

    /// <summary>Makes a job, or finds the one that was made by the same key.</summary>
    /// <param name="source">What of.</param>
    /// <param name="file">Its file.</param>
    /// <param name="title">Its title.</param>
    /// <param name="rungs">Names of the rungs asked for, or null for all.</param>
    /// <param name="ladder">What these are.</param>
    /// <param name="key">The client's, or null.</param>
    /// <param name="payment">Who pays for it; null where it is the owner's own.</param>
    /// <returns>Null where the box holds as many jobs as it can.</returns>
    /// <exception cref="IOException">It cannot be written down.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written down.</exception>
    public Job? Create(
        PlayableSource source, string file, string title, IReadOnlyList<string>? rungs, Ladder ladder, string? key, JobPayment? payment = null)
    {
        JobSheet sheet = JobSheet.Of(source, ladder);
        lock (_gate)
        {
            if (key is not null && _jobs.FirstOrDefault(job => job.Record.IdempotencyKey == key) is { } known)
            {
                return known;
            }

            if (_jobs.Count >= Limit)
            {
                return null;
            }

            string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
            var record = new JobRecord(id, source.Id, file, title, rungs, sheet, time.GetUtcNow(), key) { Payment = payment };
            journal.Save(record);
            Job job = NewJob(record);
            _jobs.Add(job);
            _woken.Release();
            return job;
        }
    }

    /// <summary>Ends a job, and removes it and all it made.</summary>
    /// <exception cref="IOException">The disk does not let it go; the job stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task DeleteAsync(Job job)
    {
        lock (_gate)
        {
            if (!_jobs.Contains(job))
            {
                return;
            }

            journal.Delete(job.Id);
            _jobs.Remove(job);
        }

        job.Remove();
        await job.Running;
        shelf.RemoveBelow(job.Output.Path);
        journal.RemoveOutput(job.Id);
        job.Output.Forget();
        job.Dispose();
        Ended?.Invoke();
    }

    /// <summary>Starts something of a job, unless it was deleted meanwhile.</summary>
    public Task Start(Job job, Func<Task> work)
    {
        lock (_gate)
        {
            return _jobs.Contains(job) ? job.Running = work() : Task.CompletedTask;
        }
    }

    /// <summary>The oldest job that has something to do now.</summary>
    public Job? Next()
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            return _jobs.FirstOrDefault(job => job.State == JobState.Queued || (job.State == JobState.Waiting && job.TryAt <= now));
        }
    }

    /// <summary>Waits for a new job, or for as long as a look at the waiting ones may take.</summary>
    public Task WokenAsync(TimeSpan atMost, CancellationToken cancellationToken) => _woken.WaitAsync(atMost, cancellationToken);

    /// <summary>Lets players have what a job has made already.</summary>
    /// <exception cref="OutputException">The disk is failing.</exception>
    public void Shelve(Job job)
    {
        JobSheet sheet = job.Record.Sheet;
        foreach (JobSheetRendition rendition in sheet.Renditions)
        {
            foreach ((string file, long length) in job.Output.Open(rendition.Folder))
            {
                var key = new ArtifactKey(sheet.Fingerprint, rendition.RecipeId, OutputFolder.PartOf(file)!, sheet.Engine);
                shelf.Add(key.Name, job.Output.PathOf(rendition.Folder, file), length);
            }
        }
    }

    /// <summary>Writes down how a job ended.</summary>
    /// <exception cref="IOException">It cannot be; it has not ended, then.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Finish(Job job, JobEnd end)
    {
        Save(job, record => record with { End = end with { At = time.GetUtcNow() } });
        Ended?.Invoke();
    }

    /// <summary>Writes down what a job's requester paid.</summary>
    /// <exception cref="IOException">It cannot be; it is not known, then.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Charge(Job job, string charged)
    {
        Save(job, record => record with { Payment = record.Payment! with { Charged = charged } });
        Charged?.Invoke();
    }

    private void Save(Job job, Func<JobRecord, JobRecord> change)
    {
        lock (_gate)
        {
            if (_jobs.Contains(job))
            {
                JobRecord changed = change(job.Record);
                journal.Save(changed);
                job.Take(changed);
            }
        }
    }

    public void Dispose()
    {
        _woken.Dispose();
        _jobs.ForEach(job => job.Dispose());
    }

    private Job NewJob(JobRecord record) => new(record, new OutputFolder(journal.OutputOf(record.Id), space));
}
