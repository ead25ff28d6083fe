using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using JoChat.Actors;
using JoChat.Gateway;
using JoChat.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

// The one composition root: options → settings → store → actors → listener, and back down in the other order.
var parsed = new CommandLine().Create(RunAsync).Parse(args);
if (parsed.Errors.Count > 0) { return Fail(2, parsed.Errors.Select(error => error.Message)); }
// Ctrl-C and SIGTERM belong to the host, which stops in order.
var invocation = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = null,
};
try
{
    return await parsed.InvokeAsync(invocation);
}
catch (Exception fault) when (fault is FormatException or InvalidDataException or FileNotFoundException)
{
    return Fail(2, [(fault.InnerException ?? fault).Message]); // the settings could not be read; inside is where
}

static async Task<int> RunAsync(IConfiguration configuration)
{
    var settings = Settings.Read(configuration, out var faults);
    if (faults.Count > 0) { return Fail(2, faults); }
    try
    {
        using var store = SqliteChatStore.Open(settings.DatabasePath);
        return await ServeAsync(settings, store);
    }
    catch (StorageException fault)
    {
        return Fail(1, [fault.Message]);
    }
}

static async Task<int> ServeAsync(Settings settings, IChatStore store)
{
    await using var app = Build(settings, store);
    var chat = app.Services.GetRequiredService<ChatService>();
    try
    {
        await app.StartAsync();
    }
    catch (Exception fault) when (fault is IOException or SocketException)
    {
        await chat.StopAsync();
        var reason = (fault.InnerException ?? fault).Message;
        return Fail(1, [$"cannot listen on {settings.Gateway.Host}:{settings.Gateway.Port}: {reason}"]);
    }
    var (address, file) = (Address(app), settings.DatabasePath);
    Console.WriteLine($"JoChat {ProgramVersion.Text} listens on {address}; messages are kept in {file}");

    var asked = app.WaitForShutdownAsync();
    var failed = await Task.WhenAny(asked, chat.Stopped) != asked;
    if (failed) { await app.StopAsync(); }
    await chat.StopAsync();
    return failed ? Fail(1, ["the chat service failed; see the log above"]) : 0;
}

static WebApplication Build(Settings settings, IChatStore store)
{
    var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
    ProcessLog.Add(builder, settings.LogLevel);
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Gateway.ShutdownTimeout);

    builder.Services.AddSingleton(settings.Gateway);
    builder.Services.AddSingleton(services => ChatService.Start(
        store, settings.Chat, TimeProvider.System, services.GetRequiredService<ILoggerFactory>()));
    builder.WebHost.UseKestrelCore()
        .UseSockets(sockets => sockets.MaxWriteBufferSize = 1) // see ClientConnection
        .ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = settings.Gateway.MaxConnections;
            kestrel.Listen(settings.Gateway.Host, settings.Gateway.Port,
                listener => listener.UseConnectionHandler<ClientConnectionHandler>());
        });
    return builder.Build();
}

static IPEndPoint Address(WebApplication app)
{
    var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
    var uri = new Uri(addresses.Single());
    return new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port);
}

static int Fail(int status, IEnumerable<string> faults)
{
    foreach (var fault in faults) { Console.Error.WriteLine($"jochat-gateway: {fault}"); }
    return status;
}
