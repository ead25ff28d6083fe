using HelloLimits = (long? MaxFrame, long? WindowMessages, long? WindowBytes, long? Fixed);

namespace JoChat.Protocol;

/// <summary><c>hello</c>: say who the client is and which features it wants. May be sent at any time, also not at all.
/// </summary>
/// <param name="Client">The client's name and version; null if it gave none. An account's
/// logins are listed with it.</param>
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

internal sealed class HelloCodec() : OperationCodec<Hello, Welcome>(
    Operation.Hello, "hello",
    new FieldTable<Hello, (string? Client, Features Features)>(
        request => (request.Client, request.Features), values => new(values.Client, values.Features))
        .InBinary((ref values) => ref values.Features, new FeatureSet())
        .Add("client", (ref values) => ref values.Client, new Text(2, isOptional: true))
        .InJson("features", (ref values) => ref values.Features, new FeatureSet()),
    new FieldTable<Welcome, (string? Text, string? Server, Features Features, HelloLimits? Limits)>(
        response => ("Welcome.", response.Server, response.Features,
            (response.MaxFrameBytes, response.WindowMessages, response.WindowBytes, null)),
        values => values is (_, { } server, var features, { MaxFrame: { } maxFrame } limits)
            ? new(server, features, Integers.Cap(maxFrame), Integers.Cap(limits.WindowMessages ?? 0),
                Integers.Cap(limits.WindowBytes ?? 0))
            : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .InBinary((ref values) => ref values.Features, new FeatureSet())
        .Add("server", (ref values) => ref values.Server, new Text(2))
        .InJson("features", (ref values) => ref values.Features, new FeatureSet())
        .Add("limits", (ref values) => ref values.Limits, new OptionalObject<HelloLimits>(LimitFields, hasFlag: false)))
{
    private static readonly FieldTable<HelloLimits?, HelloLimits> LimitFields =
        new FieldTable<HelloLimits?, HelloLimits>(limits => limits.GetValueOrDefault(), limits => limits)
            .Add("max_frame", (ref limits) => ref limits.MaxFrame, new FrameLimit())
            .Add("max_content", (ref limits) => ref limits.Fixed, new FixedInteger(Limits.MaxContentBytes))
            .Add("max_username", (ref limits) => ref limits.Fixed, new FixedInteger(Limits.MaxUsernameCharacters))
            .Add("window_messages", (ref limits) => ref limits.WindowMessages, new Integer(4))
            .Add("window_bytes", (ref limits) => ref limits.WindowBytes, new Integer(4));

    /// <summary>What a server cannot do without: a positive one.</summary>
    private readonly struct FrameLimit : IFieldType<long?>
    {
        private static readonly Integer Integer = new(4);

        public long? Read(ref JsonInput json) => Integer.Read(ref json) is > 0 and var limit ? limit : null;

        public void Write(long? value, ReadOnlySpan<byte> name, JsonOutput json) => Integer.Write(value, name, json);

        public long? Read(ref BinaryInput binary) => Integer.Read(ref binary);

        public void Write(long? value, BinaryOutput binary) => Integer.Write(value, binary);
    }
}
