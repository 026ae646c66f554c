using System.Diagnostics.Metrics;
using Appliance.Admission;
using Appliance.Playback;
using Appliance.Rewards;
using Appliance.Storage;
using Appliance.Transcoding;
using global::Rewards.Metering;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Hosting;

/// <summary>The box between HTTP and the workers: the real cache, store, ledger, measuring and admission, in virtual time.</summary>
internal sealed class Household : IAsyncDisposable
{
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly WorkLedger _ledger;
    private readonly KeptFiles _files = new();
    private readonly BoxMeters _meters = new();

    public Household(ITranscoder transcoder, VirtualTime time, string folder, int slots, CacheLimits limits)
    {
        var data = new DataFolder(folder);
        _ledger = WorkLedger.Open(data.Ledger, new WorkLedgerOptions(), time);
        Store = new SegmentStore(data, _files, limits, time, NullLogger<SegmentStore>.Instance);
        Capacity = new Capacity(new(new WorkerPoolOptions { Slots = slots }));
        Players = new Players(time);
        Admission = new AdmissionRule(Capacity, Players, new Refusals(time), new Strain(time));
        Cache = new SegmentCache(
            transcoder, Store, new SegmentShelf(_files), new WorkMetering(_ledger, NullLogger<WorkMetering>.Instance), new PlaybackMeter(_meters), Capacity, limits, time, _lifetime,
            NullLogger<SegmentCache>.Instance);
        ReadAhead = new ReadAhead(Cache, limits);
    }

    public SegmentStore Store { get; }

    public SegmentCache Cache { get; }

    public Capacity Capacity { get; }

    public Players Players { get; }

    public AdmissionRule Admission { get; }

    public ReadAhead ReadAhead { get; }

    /// <summary>A film of 1280×720 at 24 with sound, known by a digit.</summary>
    public static SourceDescription Film(int segments) => new(
        "matroska", 0, new Grid(new Rational(24, 1), segments * 48L), new VideoTrack(0, "h264", 1280, 720, 0, 8, "bt709", "bt709", false), [], [], []);

    public static Artifact Segment(int film, SourceDescription description, Recipe recipe, int index) => new(
        new ArtifactKey($"{film:x64}", recipe.Id, $"{index}", ScriptedTranscoder.Identity),
        new SegmentOrder(description, recipe, index),
        new NoBytes($"{film:x64}"));

    /// <summary>Closes what is kept open, of which there is now more and now less, within a bound; what is asked for next is opened anew.</summary>
    public void CloseKept() => _files.Dispose();

    public async ValueTask DisposeAsync()
    {
        _lifetime.StopApplication();
        await Cache.DisposeAsync();
        _files.Dispose();
        await _ledger.DisposeAsync();
        _meters.Dispose();
    }

    private sealed class NoBytes(string fingerprint) : IByteSource
    {
        public string Fingerprint => fingerprint;

        public long Length => 1;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Scripted workers read nothing.");
    }

    /// <summary>Meters that nobody listens to.</summary>
    private sealed class BoxMeters : IMeterFactory
    {
        private readonly List<Meter> _made = [];

        public Meter Create(MeterOptions options)
        {
            _made.Add(new Meter(options));
            return _made[^1];
        }

        public void Dispose() => _made.ForEach(meter => meter.Dispose());
    }
}
