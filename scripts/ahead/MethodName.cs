namespace Ahead;

/// <summary>A method as the runtime's compiler names it, whatever its parameters.</summary>
/// <param name="Owner">The type it is of.</param>
/// <param name="Name">Its own.</param>
/// <param name="Arguments">What it is generic over.</param>
internal sealed record MethodName(TypeName Owner, string Name, IReadOnlyList<TypeName> Arguments);
