namespace Ahead;

/// <summary>A type as the runtime's compiler names it.</summary>
/// <param name="Name">With its namespace, the types it lies in before a <c>+</c>, and the number of what it is generic over after a backtick.</param>
/// <param name="Arguments">What it is generic over.</param>
/// <param name="IsArray">Whether it is an array of that, of one dimension.</param>
internal sealed record TypeName(string Name, IReadOnlyList<TypeName> Arguments, bool IsArray);
