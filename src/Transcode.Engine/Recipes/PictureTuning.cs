namespace Transcode.Engine.Recipes;

/// <summary>What is done to a rung's pictures between scaling and encoding: by a rule, which looks at each shot's own first
/// pictures, or as a plan says. One of both is there.</summary>
public sealed record PictureTuning
{
    /// <summary>The name of <see cref="Auto"/>'s rule: another rule is to have another number.</summary>
    public const string AutoRule = "auto-2";

    /// <summary>The rule's name; null where <see cref="Plan"/> says what is done.</summary>
    public string? Rule { get; init; }

    /// <summary>What is done to all pictures alike; null where <see cref="Rule"/> decides.</summary>
    public TuningPlan? Plan { get; init; }

    /// <summary>Each shot as it needs it, and nothing to those that need nothing.</summary>
    public static PictureTuning Auto { get; } = new() { Rule = AutoRule };

    public static PictureTuning Of(TuningPlan plan) => new() { Plan = plan };
}
