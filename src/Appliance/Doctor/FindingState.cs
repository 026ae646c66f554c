namespace Appliance.Doctor;

/// <summary>How something is.</summary>
internal enum FindingState
{
    Fine,

    /// <summary>The box works, and could do better.</summary>
    Doubtful,

    /// <summary>Something does not work.</summary>
    Wrong,
}
