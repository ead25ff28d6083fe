namespace JoChat.Protocol;

/// <summary>The event <c>presence</c>: one of the people I asked for came or went.</summary>
/// <param name="Username">Who.</param>
/// <param name="IsOnline">Whether they have a session now.</param>
public sealed record PresenceChanged(string Username, bool IsOnline) : ServerEvent;

internal sealed class PresenceChangedCodec() : EventCodec<PresenceChanged>(35, "presence")
{
    public override PresenceChanged? Read(ref JsonInput data)
    {
        string? username = null;
        bool? isOnline = null;
        while (data.NextMember())
        {
            if (data.Is("username"u8)) { username = data.TakeText(); }
            else if (data.Is("online"u8)) { isOnline = data.TakeFlag(); }
        }
        return username is not null && isOnline is { } flag ? new PresenceChanged(username, flag) : null;
    }

    protected override void Write(PresenceChanged message, JsonOutput data)
    {
        data.Member("username"u8, message.Username);
        data.Member("online"u8, message.IsOnline);
    }

    public override PresenceChanged? Read(ref BinaryInput input) => new(input.TakeText16(), input.TakeFlag());

    protected override void Write(PresenceChanged message, BinaryOutput output)
    {
        output.Text16(message.Username);
        output.Flag(message.IsOnline);
    }
}
