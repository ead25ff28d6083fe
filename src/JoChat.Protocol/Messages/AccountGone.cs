namespace JoChat.Protocol;

/// <summary>The event <c>account_gone</c>: one of the people I have a conversation with has deleted the account, and with
/// it our messages. It belongs to <see cref="Features.Presence"/>.</summary>
/// <param name="Username">Who.</param>
public sealed record AccountGone(string Username) : ServerEvent;

internal sealed class AccountGoneCodec() : EventCodec<AccountGone>(
    39, "account_gone",
    new FieldTable<AccountGone, string?>(
        message => message.Username, username => username is null ? null : new(username))
        .Add("username", (ref username) => ref username, new Text(2)));
