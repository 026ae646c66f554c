using Appliance.Access.Keys;
using Appliance.Access.Sessions;

namespace Appliance.Access;

/// <summary>Who asks: one of a closed set, decided once a request.</summary>
/// <param name="Held">What he may.</param>
internal abstract record Caller(Scope Held)
{
    /// <summary>As the audit trail names him.</summary>
    public abstract string Name { get; }

    /// <summary>The owner in a browser.</summary>
    public sealed record Signed(Session Session, string Csrf) : Caller(Scope.Owner)
    {
        public override string Name => $"session {Session.Id}";
    }

    /// <summary>Whoever has an API key.</summary>
    public sealed record App(ApiKey Key) : Caller(Key.Scope)
    {
        public override string Name => $"key {Key.Id}";
    }

    /// <summary>Whoever has a playback address; of one source.</summary>
    public sealed record Link(string Source) : Caller(Scope.Play)
    {
        public override string Name => "link";
    }

    /// <summary>Without a credential, from the home network, while that is open.</summary>
    public sealed record Home() : Caller(Scope.Play)
    {
        public override string Name => "home";
    }

    /// <summary>Everybody else.</summary>
    public sealed record Stranger() : Caller(Scope.None)
    {
        public override string Name => "stranger";
    }
}
