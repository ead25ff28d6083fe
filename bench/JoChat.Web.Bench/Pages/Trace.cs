using System.Text.Json;
using Microsoft.Playwright;

namespace JoChat.Web.Bench;

/// <summary>A trace of the browser from its start until it is disposed, for the performance panel of the browser's
/// tools.</summary>
internal sealed class Trace : IAsyncDisposable
{
    private static readonly Dictionary<string, object> Settings = new()
    {
        ["transferMode"] = "ReturnAsStream",
        ["categories"] = string.Join(',',
            "devtools.timeline", "v8.execute", "blink.user_timing", "latencyInfo", "loading",
            "disabled-by-default-devtools.timeline", "disabled-by-default-devtools.timeline.frame",
            "disabled-by-default-devtools.timeline.stack", "disabled-by-default-v8.cpu_profiler"),
    };

    private readonly ICDPSession _session;
    private readonly string _file;
    private readonly TaskCompletionSource<string> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Trace(ICDPSession session, string file)
    {
        (_session, _file) = (session, file);
        session.Event("Tracing.tracingComplete").OnEvent += (_, done) =>
            _stream.TrySetResult(done!.Value.GetProperty("stream").GetString()!);
    }

    public static async Task<Trace> StartAsync(ICDPSession session, string file)
    {
        var trace = new Trace(session, file);
        await session.SendAsync("Tracing.start", Settings);
        return trace;
    }

    /// <summary>Ends it and writes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _session.SendAsync("Tracing.end");
        var handle = new Dictionary<string, object> { ["handle"] = await _stream.Task };
        await using var file = File.Create(_file);
        JsonElement part;
        do
        {
            part = (await _session.SendAsync("IO.read", handle))!.Value;
            var data = part.GetProperty("data").GetString()!;
            await file.WriteAsync(part.GetProperty("base64Encoded").GetBoolean()
                ? Convert.FromBase64String(data) : System.Text.Encoding.UTF8.GetBytes(data));
        }
        while (!part.GetProperty("eof").GetBoolean());
        await _session.SendAsync("IO.close", handle);
    }
}
