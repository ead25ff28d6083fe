namespace JoChat.Cluster;

/// <summary>What crosses a link: a command of a session, or what a session is told.</summary>
/// <param name="Session">The session's number in the gateway.</param>
/// <param name="Content">A command, an answer or a notification, one of those that the <see cref="LinkEncoding"/> has a
/// form for.</param>
internal readonly record struct LinkMessage(long Session, object Content);
