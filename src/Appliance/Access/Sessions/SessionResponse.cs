namespace Appliance.Access.Sessions;

/// <summary>Who asks, as the box sees him.</summary>
/// <param name="HasOwner">Whether somebody has set this box up.</param>
/// <param name="WantsSetUp">Whether the console shows a code that makes an owner.</param>
/// <param name="Scopes">What he may.</param>
/// <param name="SignedIn">Whether he has a session.</param>
/// <param name="Csrf">What his unsafe requests must carry in <c>X-CSRF-Token</c>; null without a session.</param>
internal sealed record SessionResponse(bool HasOwner, bool WantsSetUp, IReadOnlyList<string> Scopes, bool SignedIn, string? Csrf);
