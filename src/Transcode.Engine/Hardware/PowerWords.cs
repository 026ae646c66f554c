namespace Transcode.Engine.Hardware;

/// <summary>What can be said of a box's power without measuring it.</summary>
public static class PowerWords
{
    /// <summary>Why it cannot be read, in a sentence's tail; null where it can.</summary>
    public static string? WhyNot(BoxFiles files) => new PowerMeter(files).WhyNot;
}
