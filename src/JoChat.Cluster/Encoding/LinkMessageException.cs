namespace JoChat.Cluster;

/// <summary>Bytes that are no link message: damaged, or from an end of another version. It says in one line what is
/// wrong and where.</summary>
internal sealed class LinkMessageException(string message) : FormatException(message);
