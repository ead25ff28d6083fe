using System.Text.Json;

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
public sealed record Welcome(string Server, Features Features, int MaxFrameBytes) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Hello;
}

/// <summary>What a connection can ask for beyond the original protocol.</summary>
[Flags]
public enum Features
{
    /// <summary>Nothing: an original client.</summary>
    None = 0,

    /// <summary><c>push</c>: messages arrive by themselves as <see cref="MessageArrived"/>. A message counts as
    /// delivered once it is written to the socket.</summary>
    Push = 1,
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
            else if (data.Is("features"u8)) { features = TakeFeatures(ref data); }
        }
        return new Hello(client, features);
    }

    public override Welcome? ReadResponse(ref JsonInput data)
    {
        string? server = null;
        var features = Features.None;
        long? maxFrame = null;
        while (data.NextMember())
        {
            if (data.Is("server"u8)) { server = data.TakeText(); }
            else if (data.Is("features"u8)) { features = TakeFeatures(ref data); }
            else if (data.Is("limits"u8)) { maxFrame = TakeMaxFrame(ref data); }
        }
        return server is not null && maxFrame is > 0
            ? new Welcome(server, features, (int)Math.Min(maxFrame.Value, int.MaxValue))
            : null;
    }

    protected override void Write(Hello request, JsonOutput data)
    {
        data.Member("client"u8, request.Client);
        Write(request.Features, data);
    }

    protected override void Write(Welcome response, JsonOutput data)
    {
        data.Member("msg"u8, "Welcome.");
        data.Member("server"u8, response.Server);
        Write(response.Features, data);
        data.Name("limits"u8);
        data.BeginObject();
        data.Member("max_frame"u8, response.MaxFrameBytes);
        data.Member("max_content"u8, Limits.MaxContentBytes);
        data.Member("max_username"u8, Limits.MaxUsernameCharacters);
        data.EndObject();
    }

    private static void Write(Features features, JsonOutput data)
    {
        data.Name("features"u8);
        data.BeginArray();
        if (features.HasFlag(Features.Push)) { data.Value("push"); }
        data.EndArray();
    }

    private static Features TakeFeatures(ref JsonInput data)
    {
        const string Expected = "an array of strings";
        var features = Features.None;
        if (!data.TryEnterArray())
        {
            if (data.Kind is JsonTokenType.Null) { data.MendFault(); }
            else { data.AddFault(Expected, JsonInput.Describe(data.Kind)); }
            return features;
        }
        data.MendFault();
        while (data.NextElement())
        {
            if (data.Kind is not JsonTokenType.String)
            {
                data.AddFault(Expected, $"an array with {JsonInput.Describe(data.Kind)}");
            }
            else if (data.TryTakeText(out var name) && name is "push")
            {
                features |= Features.Push;
            }
        }
        return features;
    }

    private static long? TakeMaxFrame(ref JsonInput data)
    {
        if (!data.TryEnterObject()) { return null; }
        long? maxFrame = null;
        while (data.NextMember())
        {
            if (data.Is("max_frame"u8)) { maxFrame = data.TakeInteger(); }
        }
        return maxFrame;
    }
}
