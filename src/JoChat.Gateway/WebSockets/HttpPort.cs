namespace JoChat.Gateway;

/// <summary>What the HTTP port answers.</summary>
internal static class HttpPort
{
    // Unsolicited pongs keep proxies from closing an idle connection. A ping would cut off a slow reader: its pong
    // waits behind messages.
    private static readonly TimeSpan PongInterval = TimeSpan.FromSeconds(60);

    public static void Use(WebApplication app, HttpOptions http)
    {
        var endpoint = app.Services.GetRequiredService<WebSocketEndpoint>();
        var origins = new OriginCheck(http.AllowedOrigins);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = PongInterval });
        app.Run(context => context.Request.Path.Value switch
        {
            "/" => AnswerAsync(context, StatusCodes.Status200OK,
                $"JoChat {ProgramVersion.Text}. Chat clients connect by WebSocket at /ws."),
            "/ws" => endpoint.ServeAsync(context, origins),
            _ => AnswerAsync(context, StatusCodes.Status404NotFound, "There is nothing here."),
        });
    }

    /// <summary>Answers with one line of text.</summary>
    public static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
