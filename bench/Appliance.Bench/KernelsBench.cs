using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Devices;

namespace Appliance.Bench;

/// <summary>Each kernel on a device, by batches of pictures of 3840×2160: how much of the bandwidth of our own copy kernel there it
/// reaches, and what is left of it with the way to the device and back.</summary>
internal static class KernelsBench
{
    private const int DefaultRounds = 9;

    public static int Run(BenchArguments arguments)
    {
        DeviceSearch search = DeviceSearch.Run(takesProcessors: true);
        for (int i = 0; i < search.Devices.Count; i++)
        {
            (DeviceDescription device, string? refusal) = (search.Devices[i].Description, search.Devices[i].Refusal);
            Console.WriteLine($"device {i}: {device.Name}, {device.Platform}, driver {device.DriverVersion}{(refusal is null ? "" : $"; refused: {refusal}")}");
        }

        foreach (string trouble in search.Troubles)
        {
            Console.WriteLine(trouble);
        }

        int number = arguments.Device ?? search.Devices.ToList().FindIndex(device => device.Refusal is null);
        if (number < 0 || number >= search.Devices.Count || search.Devices[number].Refusal is not null)
        {
            throw new BenchException("There is no such device to measure.");
        }

        Measure(search.Devices[number], arguments.Count ?? DefaultRounds);
        return 0;
    }

    private static void Measure(FoundDevice device, int rounds)
    {
        LibAv.Load();
        using DeviceContext context = DeviceContext.Open(device, new NoProgramStore());
        DeviceDescription description = device.Description;
        Console.WriteLine();
        Console.WriteLine(description.IsProcessor
            ? $"{description.Platform} ON THE PROCESSOR, NO GPU: {description.Name}, load before {Load.Now}"
            : $"{description.Name}, {(description.SharesMemory ? "memory shared" : "memory of its own")}, load before {Load.Now}");
        Console.WriteLine($"{DeviceRun.Pictures} pictures of 3840×2160 a batch, medians of {rounds} batches; bytes are those that have to be read and written once");
        Console.WriteLine($"{"",-44}{"alone: ms",10}{"GB/s",8}{"of copy",9}{"wanted",8}   {"there and back: ms",18}{"GB/s",8}");
        double copied = 0;
        foreach (DeviceTrial trial in DeviceTrial.All())
        {
            double alone = Alone(context, trial, rounds);
            double bandwidth = trial.Bytes * DeviceRun.Pictures / alone;
            copied = copied == 0 ? bandwidth : copied;
            double? whole = trial.Targets.Count == 0 ? null : DeviceRun.EndToEnd(context, trial, Math.Max(1, rounds / 3));
            string thereAndBack = whole is { } seconds ? string.Create(
                CultureInfo.InvariantCulture, $"{seconds * 1000 / DeviceRun.Pictures,18:F2}{trial.Bytes * DeviceRun.Pictures / seconds / 1e9,8:F1}") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trial.Name,-44}{alone * 1000 / DeviceRun.Pictures,10:F2}{bandwidth / 1e9,8:F1}{bandwidth / copied,9:F2}{(trial.Wanted == 1 ? "" : $"{trial.Wanted:F1}"),8}   {thereAndBack}"));
        }

        Console.WriteLine($"load after {Load.Now}");
    }

    /// <summary>Seconds a batch, the way there and back not among them.</summary>
    private static double Alone(DeviceContext context, DeviceTrial trial, int rounds)
    {
        var run = new DeviceRun(context, trial);
        using var batches = new KernelTrial(trial.Name, run.Run, run);
        KernelTrial.Alternate([batches], rounds);
        return batches.Median;
    }
}
