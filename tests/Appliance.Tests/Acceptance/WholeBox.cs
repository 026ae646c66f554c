namespace Appliance.Tests.Acceptance;

/// <summary>Tests that take the whole machine: one after the other, and nothing beside them.</summary>
[CollectionDefinition(nameof(WholeBox), DisableParallelization = true)]
public sealed class WholeBox;
