namespace Rewards.Durability;

/// <summary>What a database file of ours must be.</summary>
/// <param name="Name">For people, as <c>work ledger</c>.</param>
/// <param name="ApplicationId">SQLite keeps it in the file's header, so that another program's database is known as such.</param>
/// <param name="Version">Of the tables.</param>
/// <param name="Tables">The statements that make them.</param>
/// <param name="Fault">Makes what is thrown where a file cannot be opened, of a message and a cause.</param>
internal sealed record DatabaseForm(string Name, int ApplicationId, int Version, string Tables, Func<string, Exception?, Exception> Fault);
