using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Profiles;
using Appliance.Storage;
using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;

namespace Appliance.Hardware;

/// <summary>What the running box knows of its hardware, and the one survey at a time that finds out more.</summary>
internal sealed class HardwareBoard(DataFolder data, HardwareProbeOptions options, ProfileShelf profiles, IHostApplicationLifetime lifetime, ILogger<HardwareBoard> logger) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private HardwareSurvey? _survey;
    private volatile HardwareView? _view;
    private int _isRunning;

    /// <summary>What was last found, or said of a survey under way; null before anybody asked.</summary>
    public HardwareView? Shown => _view;

    /// <summary>Hears, on any thread, what a survey has found when it is over.</summary>
    public event Action<HardwareView>? Surveyed;

    /// <summary>What is known; found out at the first asking, and read anew after somebody else's survey.</summary>
    /// <param name="encoder">What makes the ladder's rungs.</param>
    /// <param name="decoder">What decodes films for it.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="TranscodeException">It cannot be found out.</exception>
    public async Task<HardwareResponse> AnswerAsync(EncoderAnswer encoder, DecoderAnswer decoder, CancellationToken cancellationToken) =>
        HardwareResponse.Of(await ViewAsync(cancellationToken), profiles, OwnersHardware.Load(data.OwnersHardware)) with { Encoder = encoder, Decoder = decoder };

    /// <summary>Keeps that an encoder that worked came to a bad end while it made segments: it is not tried nor used until it is asked for.</summary>
    public Task LeaveAloneAsync(string codec, string why) => LeaveAloneAsync(path => path.MayMakeRungs && path.Codec == codec, codec, why);

    /// <summary>Likewise of a decoder.</summary>
    public Task LeaveAloneAsync(CodingPath path, string why) => LeaveAloneAsync(each => each == path, path.DecoderName, why);

    private async Task LeaveAloneAsync(Func<CodingPath, bool> which, string codec, string why)
    {
        try
        {
            _ = _survey is null ? await OpenAsync(lifetime.ApplicationStopping) : _view;
            HardwareView found = _survey!.LeaveAlone(which, why);
            _view = Volatile.Read(ref _isRunning) == 0 ? found : _view;
        }
        catch (Exception exception) when (exception is OperationCanceledException or TranscodeException or IOException or UnauthorizedAccessException)
        {
            logger.CannotKeepQuarantine(codec, exception.Message);
        }
    }

    /// <summary>Starts a survey; it goes on when its request is over.</summary>
    /// <returns>False where one is running.</returns>
    public async Task<bool> TryStartAsync(bool again, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            await OpenAsync(cancellationToken);
        }
        catch
        {
            Volatile.Write(ref _isRunning, 0);
            throw;
        }

        _ = RunAsync(again);
        return true;
    }

    public void Dispose() => _opening.Dispose();

    private async Task RunAsync(bool again)
    {
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        try
        {
            HardwareView found = await _survey!.RunAsync(_ => true, again, view => _view = view, lifetime.ApplicationStopping);
            _view = found;
            Surveyed?.Invoke(found with { Results = [.. found.Results.Where(result => result.TriedAt >= begun)] });
        }
        catch (Exception exception) when (exception is OperationCanceledException or TranscodeException or IOException or UnauthorizedAccessException)
        {
            logger.SurveyEnded(exception.Message);
            _view = _view is { } view ? view with { Current = null, Step = null } : null;
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    /// <summary>The same, as it is known.</summary>
    /// <exception cref="TranscodeException">It cannot be found out.</exception>
    public async Task<HardwareView> ViewAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isRunning) != 0 && _view is { } running)
        {
            return running;
        }

        return await OpenAsync(cancellationToken);
    }

    private async Task<HardwareView> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            var survey = new HardwareSurvey(new(options), options, new(data.Hardware), OwnersHardware.Load(data.OwnersHardware));
            HardwareView view = await survey.OpenAsync(_survey?.Box, cancellationToken);
            (_survey, _view) = (survey, view);
            return view;
        }
        finally
        {
            _opening.Release();
        }
    }
}
