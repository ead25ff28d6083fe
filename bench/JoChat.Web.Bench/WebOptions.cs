namespace JoChat.Web.Bench;

/// <summary>How the web client is measured; the command line checks the bounds.</summary>
/// <param name="Folder">Where the databases are; on a disk.</param>
/// <param name="Visits">First visits that are measured.</param>
/// <param name="Arriving">Messages that arrive, 1,000 a second.</param>
/// <param name="Stored">Messages in the conversation that is scrolled.</param>
/// <param name="Duration">How long it is scrolled in each direction, unless an end is reached.</param>
/// <param name="Traces">The folder for traces; null: none are taken.</param>
internal sealed record WebOptions(
    string Folder, int Visits, int Arriving, int Stored, TimeSpan Duration, string? Traces);
