using System.Text.Json;
using JoChat.Actors;
using JoChat.Protocol;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace JoChat.Gateway;

/// <summary>Takes the operator's commands at the admin socket: HTTP, a path for each command, JSON both ways.</summary>
internal sealed partial class AdminServer : IAsyncDisposable
{
    private const int AccountsAtOnce = 200;

    private readonly WebApplication _app;
    private readonly Administration _administration;
    private readonly Func<int?> _countConnections;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();

    private AdminServer(WebApplication app, Administration administration, Func<int?> countConnections, ILogger logger) =>
        (_app, _administration, _countConnections, _logger) = (app, administration, countConnections, logger);

    /// <summary>Starts it, if there is to be one.</summary>
    /// <param name="settings">Where the socket is to be. One that nobody has chosen may be missing, as on a full disk.</param>
    /// <param name="administration">Carries the commands out; null where the writer never is.</param>
    /// <param name="countConnections">How many clients are connected; null on a node without.</param>
    /// <param name="loggers">Where a missing one is told, and what was pruned.</param>
    /// <exception cref="IOException">The socket was chosen and cannot be made.</exception>
    public static async Task<AdminServer?> TryStartAsync(
        AdminSettings settings, Administration? administration, Func<int?> countConnections, ILoggerFactory loggers)
    {
        if (settings.Socket is not { } path || administration is null) { return null; }
        var logger = loggers.CreateLogger<AdminServer>();
        try
        {
            return await StartAsync(path, administration, countConnections, logger);
        }
        catch (IOException fault) when (!settings.IsChosen)
        {
            Log.NoSocket(logger, fault.Message);
            return null;
        }
    }

    private static async Task<AdminServer> StartAsync(
        string path, Administration administration, Func<int?> countConnections, ILogger logger)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<SocketTransportOptions>(
            transport => transport.CreateBoundListenSocket = _ => AdminSocket.Bind(path));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.ListenUnixSocket(Path.GetFullPath(path));
        });
        var app = builder.Build();
        var server = new AdminServer(app, administration, countConnections, logger);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    // With the socket goes its file.
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        AdminAnswer answer;
        try
        {
            var asked = await context.Request.ReadFromJsonAsync<AdminRequest>(
                AdminJson.Options, context.RequestAborted) ?? new AdminRequest();
            answer = await AnswerAsync(context.Request.Path.Value ?? "", asked, context);
        }
        catch (Exception fault) when (fault is OperatorException or JsonException or InvalidOperationException
            or BadHttpRequestException)
        {
            if (!context.Response.HasStarted) { context.Response.StatusCode = StatusCodes.Status400BadRequest; }
            answer = new AdminAnswer(fault.Message);
        }
        await WriteAsync(context, answer);
    }

    private static async Task WriteAsync(HttpContext context, AdminAnswer line)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, line, AdminJson.Options, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private async Task<AdminAnswer> AnswerAsync(string command, AdminRequest asked, HttpContext context)
    {
        switch (command)
        {
            case "/stats":
                return new AdminAnswer(Statistics: new ServerStatistics(
                    ProgramVersion.Text, _startedAt, _countConnections(), Environment.WorkingSet, await _administration.CountAsync()));
            case "/accounts/list":
                return new AdminAnswer(Accounts: await _administration.ListAsync(asked.After ?? "", AccountsAtOnce));
            case "/prune" or "/prune/count":
                return await PruneAsync(asked, deletes: command == "/prune", context);
        }
        var name = asked.Name ?? throw new OperatorException($"{command} needs a name");
        return new AdminAnswer(Accounts:
        [
            command switch
            {
                "/accounts/show" => await _administration.FindAsync(name),
                "/accounts/disable" => await _administration.SetDisabledAsync(name, isDisabled: true),
                "/accounts/enable" => await _administration.SetDisabledAsync(name, isDisabled: false),
                "/accounts/reset-password" when asked.Password is { Length: > 0 } password =>
                    await _administration.ResetPasswordAsync(name, new Secret(password)),
                "/accounts/delete" => await _administration.DeleteAsync(name),
                _ => throw new OperatorException($"there is no command {command}"),
            },
        ]);
    }

    private static partial class Log
    {
        [LoggerMessage(4051, LogLevel.Warning, "accounts, prune and stats do not reach this server: {Fault}")]
        public static partial void NoSocket(ILogger logger, string fault);

        [LoggerMessage(4052, LogLevel.Information, "The operator: {Count} messages from before {Before:u} were deleted")]
        public static partial void Pruned(ILogger logger, long count, DateTime before);
    }

    // The server's other host takes signals.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
