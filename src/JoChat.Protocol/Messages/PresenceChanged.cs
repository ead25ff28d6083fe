namespace JoChat.Protocol;

/// <summary>The event <c>presence</c>: one of the people I asked for came or went.</summary>
/// <param name="Username">Who.</param>
/// <param name="IsOnline">Whether they have a session now.</param>
public sealed record PresenceChanged(string Username, bool IsOnline) : ServerEvent;

internal sealed class PresenceChangedCodec() : EventCodec<PresenceChanged>(
    35, "presence",
    new FieldTable<PresenceChanged, (string? Username, bool? IsOnline)>(
        message => (message.Username, message.IsOnline),
        values => values is ({ } username, { } isOnline) ? new(username, isOnline) : null)
        .Add("username", (ref values) => ref values.Username, new Text(2))
        .Add("online", (ref values) => ref values.IsOnline, new Flag()));
