namespace JoChat.Protocol;

/// <summary><c>hello</c>: say who the client is and which features it wants. May be sent at any time, also not at all.
/// </summary>
/// <param name="Client">The client's name and version; null if it gave none. The server does nothing with it.</param>
/// <param name="Features">What it wants; names unknown to this server are left out.</param>
public sealed record Hello(string? Client, Features Features) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Hello;
}

/// <summary>The answer to <see cref="Hello"/>.</summary>
/// <param name="Server">The server's name and version.</param>
/// <param name="Features">Those wanted features that the connection now has.</param>
/// <param name="MaxFrameBytes">Longest frame body the server accepts, in bytes.</param>
/// <param name="WindowMessages">Most messages pushed before one is acknowledged; 0 if the server did not say.</param>
/// <param name="WindowBytes">Most bytes of content pushed before some is acknowledged, but for a single longer message;
/// 0 if the server did not say.</param>
public sealed record Welcome(
    string Server, Features Features, int MaxFrameBytes, int WindowMessages, int WindowBytes) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Hello;
}

internal sealed class HelloCodec() : OperationCodec<Hello, Welcome>(Operation.Hello, "hello")
{
    public override Hello ReadRequest(ref JsonInput data)
    {
        string? client = null;
        var features = Features.None;
        while (data.NextMember())
        {
            if (data.Is("client"u8)) { client = data.TakeText(); }
            else if (data.Is("features"u8)) { features = FeatureNames.Take(ref data); }
        }
        return new Hello(client, features);
    }

    public override Welcome? ReadResponse(ref JsonInput data)
    {
        string? server = null;
        var features = Features.None;
        var limits = default(HelloLimits);
        while (data.NextMember())
        {
            if (data.Is("server"u8)) { server = data.TakeText(); }
            else if (data.Is("features"u8)) { features = FeatureNames.Take(ref data); }
            else if (data.Is("limits"u8)) { limits = TakeLimits(ref data); }
        }
        return server is not null && limits.MaxFrame is > 0 and var maxFrame
            ? new(server, features, Integers.Cap(maxFrame), Integers.Cap(limits.WindowMessages ?? 0),
                Integers.Cap(limits.WindowBytes ?? 0))
            : null;
    }

    protected override void Write(Hello request, JsonOutput data)
    {
        data.Member("client"u8, request.Client);
        FeatureNames.Write(request.Features, data);
    }

    protected override void Write(Welcome response, JsonOutput data)
    {
        data.Member("msg"u8, "Welcome.");
        data.Member("server"u8, response.Server);
        FeatureNames.Write(response.Features, data);
        data.Name("limits"u8);
        data.BeginObject();
        data.Member("max_frame"u8, response.MaxFrameBytes);
        data.Member("max_content"u8, Limits.MaxContentBytes);
        data.Member("max_username"u8, Limits.MaxUsernameCharacters);
        data.Member("window_messages"u8, response.WindowMessages);
        data.Member("window_bytes"u8, response.WindowBytes);
        data.EndObject();
    }

    private static HelloLimits TakeLimits(ref JsonInput data)
    {
        if (!data.TryEnterObject()) { return default; }
        var limits = default(HelloLimits);
        while (data.NextMember())
        {
            if (data.Is("max_frame"u8)) { limits.MaxFrame = data.TakeInteger(); }
            else if (data.Is("window_messages"u8)) { limits.WindowMessages = data.TakeInteger(); }
            else if (data.Is("window_bytes"u8)) { limits.WindowBytes = data.TakeInteger(); }
        }
        return limits;
    }

    private record struct HelloLimits(long? MaxFrame, long? WindowMessages, long? WindowBytes);

    public override Hello ReadRequest(ref BinaryInput input)
    {
        var (features, client) = (FeatureNames.Take(ref input), input.TakeText16());
        return new Hello(client.Length == 0 ? null : client, features);
    }

    public override Welcome? ReadResponse(ref BinaryInput input)
    {
        var (features, server) = (FeatureNames.Take(ref input), input.TakeText16());
        var maxFrame = Integers.Cap(input.TakeUInt32());
        _ = input.TakeUInt32(); // longest content
        _ = input.TakeUInt32(); // longest username
        return new Welcome(
            server, features, maxFrame, Integers.Cap(input.TakeUInt32()), Integers.Cap(input.TakeUInt32()));
    }

    protected override void Write(Hello request, BinaryOutput output)
    {
        output.UInt32((long)request.Features);
        output.Text16(request.Client);
    }

    protected override void Write(Welcome response, BinaryOutput output)
    {
        output.UInt32((long)response.Features);
        output.Text16(response.Server);
        output.UInt32(response.MaxFrameBytes);
        output.UInt32(Limits.MaxContentBytes);
        output.UInt32(Limits.MaxUsernameCharacters);
        output.UInt32(response.WindowMessages);
        output.UInt32(response.WindowBytes);
    }
}
