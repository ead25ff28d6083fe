using System.Text.Json;
using System.Text.Json.Serialization;
using JoChat.Actors;
using JoChat.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace JoChat.Gateway;

/// <summary><c>/session</c>: <c>POST</c> logs a browser in, <c>DELETE</c> has it forget that. The resume token of the
/// login goes into a cookie, and WebSockets of that browser resume with it.</summary>
internal sealed class SessionEndpoint(RequestPump pump, Changeable<ChatOptions> chat, IHostApplicationLifetime lifetime)
{
    private const int MaxBodyBytes = 4096;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Answers a request.</summary>
    public Task ServeAsync(HttpContext context, OriginCheck origins)
    {
        context.Response.Headers.CacheControl = "no-store";
        var isLogIn = HttpMethods.IsPost(context.Request.Method);
        if (!isLogIn && !HttpMethods.IsDelete(context.Request.Method))
        {
            return HttpPort.RefuseMethodAsync(context, "POST, DELETE");
        }
        if (!origins.AllowsPage(context.Request)) { return OriginCheck.RefuseAsync(context); }
        return isLogIn ? LogInAsync(context) : LogOutAsync(context);
    }

    private static Task LogOutAsync(HttpContext context)
    {
        SessionCookie.Clear(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task LogInAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } credentials) { return; }

        var password = credentials.Password is { } given ? new Secret(given) : (Secret?)null;
        var login = new OneRequestTransport(
            new LogIn(credentials.Username, password, credentials.Takeover ?? false, WantsToken: true),
            PeerAddress.Of(context.Connection.RemoteIpAddress), context.RequestAborted);
        await pump.ServeAsync(login, lifetime.ApplicationStopping);

        switch (login.Answer)
        {
            case LoggedIn { ResumeToken: { } token }:
                SessionCookie.Set(context, token, chat.Value.Sessions.ResumeExpiry);
                await WriteAsync(context, StatusCodes.Status200OK, new SessionOpened("ok", credentials.Username!));
                break;
            case Refused refused:
                await RefuseAsync(context, StatusOf(refused.Code), refused);
                break;
            default: // it stops
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, Refusals.Busy(Operation.LogIn));
                break;
        }
    }

    // Null if it was refused. Only JSON, and never a kind of content that a form of another page can send.
    private static async Task<SessionCredentials?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseBodyAsync(
                context, StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
            return null;
        }
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBodyBytes;
        try
        {
            // JSON is UTF-8, whatever charset the header names.
            if (await JsonSerializer.DeserializeAsync<SessionCredentials>(
                context.Request.Body, Json, context.RequestAborted) is { } body)
            {
                return body;
            }
            await RefuseBodyAsync(context, StatusCodes.Status400BadRequest, "The body must be a JSON object.");
        }
        catch (JsonException fault)
        {
            await RefuseBodyAsync(context, StatusCodes.Status400BadRequest, "The body is not the JSON of a login: line "
                + FormattableString.Invariant($"{fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."));
        }
        catch (BadHttpRequestException fault)
        {
            await RefuseBodyAsync(context, fault.StatusCode,
                FormattableString.Invariant($"The body cannot be read; it may have {MaxBodyBytes:N0} bytes."));
        }
        catch (IOException) // a chunk whose size is no number of 63 bits, or the client is gone
        {
            await RefuseBodyAsync(context, StatusCodes.Status400BadRequest, "The body cannot be read.");
        }
        return null;
    }

    internal static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.BadCredentials => StatusCodes.Status401Unauthorized,
        ErrorCode.AlreadyLoggedIn => StatusCodes.Status409Conflict,
        ErrorCode.Busy or ErrorCode.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCode.StorageUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static Task RefuseBodyAsync(HttpContext context, int status, string text) =>
        RefuseAsync(context, status, new Refused(Operation.LogIn, ErrorCode.MalformedRequest, text));

    private static Task RefuseAsync(HttpContext context, int status, Refused refused) =>
        WriteAsync(context, status, new SessionRefused("error", refused.Code, refused.Text,
            refused.Since?.ToUnixTimeMilliseconds(), (long?)refused.RetryAfter?.TotalMilliseconds));

    private static Task WriteAsync<T>(HttpContext context, int status, T body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json, context.RequestAborted);
    }

    // What a login takes and gives; in the words of the protocol.
    private sealed record SessionCredentials(string? Username, string? Password, bool? Takeover);

    private sealed record SessionOpened(string Status, string Username);

    private sealed record SessionRefused(
        string Status, ErrorCode Code, string Msg, long? Since, long? RetryAfterMs);
}
