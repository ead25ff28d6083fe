namespace JoChat.Protocol;

/// <summary>The longer binary form of <c>login</c>: with options, and with room for long names and counts.</summary>
internal sealed class ExtendedLogInCodec : LogInCodec
{
    [Flags]
    private enum Options
    {
        Takeover = 1,
        WantsToken = 2,
    }

    public override byte Op => 21;

    public override OperationCodec? Extended => null;

    public override int RefusalPadding => 0;

    public override LogIn ReadRequest(ref BinaryInput input)
    {
        var (username, password) = (input.TakeText16(), new Secret(input.TakeText16()));
        var options = (Options)input.TakeByte();
        return new LogIn(
            username, password, options.HasFlag(Options.Takeover), options.HasFlag(Options.WantsToken))
        {
            IsExtended = true,
        };
    }

    public override LoggedIn? ReadResponse(ref BinaryInput input)
    {
        var (unread, token) = (input.TakeUInt64(), input.TakeText16());
        return new LoggedIn(unread, token.Length == 0 ? null : new Secret(token));
    }

    protected override void Write(LogIn request, BinaryOutput output)
    {
        output.Text16(request.Username);
        output.Text16(request.Password?.Value);
        var takeover = request.Takeover ? Options.Takeover : 0;
        var wantsToken = request.WantsToken ? Options.WantsToken : 0;
        output.Byte((long)(takeover | wantsToken));
    }

    protected override void Write(LoggedIn response, BinaryOutput output)
    {
        output.UInt64(response.UnreadCount);
        output.Text16(response.ResumeToken?.Value);
    }
}
