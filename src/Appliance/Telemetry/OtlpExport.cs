using Appliance.Metrics;
using Appliance.Startup;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Appliance.Telemetry;

/// <summary>Sends figures and spans to a collector, by OTLP over HTTP. What cannot be sent is dropped: the box never waits for it, and holds no more than the
/// library's queue (2048 spans).</summary>
/// <param name="collector">Its address, before <c>/v1/traces</c> and <c>/v1/metrics</c>.</param>
internal sealed class OtlpExport(Uri collector) : IHostedService, IDisposable
{
    private const string RequestSpans = "Microsoft.AspNetCore";

    /// <summary>The box stops whether a collector answers or not.</summary>
    private const int StopMilliseconds = 1000;

    private const int SendMilliseconds = 5000;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder box = ResourceBuilder.CreateEmpty().AddService("appliance", serviceVersion: ApplianceVersion.Text);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(box).AddSource(RequestSpans, BoxTraces.Name).AddOtlpExporter(export => Send(export, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(box).AddMeter(BoxMeter.Name).AddOtlpExporter(export => Send(export, "v1/metrics")).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown(StopMilliseconds);
            _metrics?.Shutdown(StopMilliseconds);
        },
        cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private void Send(OtlpExporterOptions export, string path)
    {
        export.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}");
        export.Protocol = OtlpExportProtocol.HttpProtobuf;
        export.TimeoutMilliseconds = SendMilliseconds;
    }
}
