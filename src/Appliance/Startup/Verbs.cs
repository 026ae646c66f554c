using Appliance.Access.Keys.Command;
using Appliance.Backup.Command;
using Appliance.Doctor;
using Appliance.Hardware.Command;
using Appliance.Jobs.Command;
using Appliance.Profiles.Command;
using Appliance.Rewards.Command;
using Appliance.Samples;
using Appliance.Tuning;
using Transcode.Engine.Workers;

namespace Appliance.Startup;

/// <summary>What this program does besides serving, by the first word.</summary>
internal static class Verbs
{
    /// <summary>A worker is this same program; it starts often and needs nothing of the host, so it is told apart first.</summary>
    /// <returns>The exit status; null where the first word is none of these.</returns>
    public static int? Run(string[] arguments) => arguments switch
    {
        ["worker", ..] => WorkerProgram.Main(arguments[1..]),
        ["sample", ..] => SampleCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["transcode", ..] => TranscodeCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["rewards", ..] => RewardsCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["key", ..] => KeyCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["probe", ..] => ProbeCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["profile", ..] => ProfileCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["backup", ..] => BackupCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["restore", ..] => RestoreCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["doctor", ..] => DoctorCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        ["tune", ..] => TuneCommand.RunAsync(arguments[1..], Console.Out, Console.Error).GetAwaiter().GetResult(),
        _ => null,
    };
}
