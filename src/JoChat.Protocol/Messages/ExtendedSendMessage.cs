namespace JoChat.Protocol;

/// <summary>The longer binary form of <c>send_message</c>: with a <c>client_id</c>.</summary>
internal sealed class ExtendedSendMessageCodec : SendMessageCodec
{
    public override byte Op => 20;

    public override OperationCodec? Extended => null;

    public override SendMessage ReadRequest(ref BinaryInput input) =>
        new(input.TakeText16(), input.TakeText16(), input.TakeText16(), input.TakeText16()) { IsExtended = true };

    public override MessageStored? ReadResponse(ref BinaryInput input) =>
        new(new StoredAs(input.TakeUInt64(), input.TakeTime()));

    protected override void Write(SendMessage request, BinaryOutput output)
    {
        output.Text16(request.Sender);
        output.Text16(request.Recipient);
        output.Text16(request.Content);
        output.Text16(request.ClientId);
    }

    protected override void Write(MessageStored response, BinaryOutput output)
    {
        output.UInt64(response.As?.Id ?? 0);
        output.Time(response.As?.SentAt ?? DateTimeOffset.UnixEpoch);
    }
}
