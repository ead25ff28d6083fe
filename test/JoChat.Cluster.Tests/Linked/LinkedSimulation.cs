using JoChat.Actors;
using JoChat.Link;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>A writer and two gateways in one simulation, with small windows, and the accounts Ada and Bob.</summary>
internal sealed class LinkedSimulation : IDisposable
{
    public static readonly LinkOptions Options = new()
    {
        MaxFrame = 16 * 1024,
        MaxMessage = (128 * 1024) - sizeof(int),
        Window = 256 * 1024,
    };

    // Their windows are so large that it is the link that makes them fall behind.
    private static readonly SessionOptions Sessions = new()
    {
        GuestTimeout = TimeSpan.Zero,
        WindowBytes = 16 * Options.Window,
        WindowMessages = 10_000,
    };

    private readonly Simulation _simulation;
    private readonly TemporaryFolder _folder = new();
    private SqliteChatStore _store;
    private long _epoch = WriterSide.Epoch;

    public LinkedSimulation(Simulation simulation)
    {
        _simulation = simulation;
        _store = WriterSide.OpenStore(_folder.File("chat.db"));
        Writer = new WriterSide(simulation.Sys, _store, Options, simulation.Time);
        (One, Other) = (Gateway(), Gateway());
        simulation.Run();
        var guest = One.Connect();
        foreach (var name in (string[])["Ada", "Bob"]) { Assert.IsType<SignedUp>(Ask(guest, new SignUp(name, Password))); }
    }

    public WriterSide Writer { get; private set; }

    public GatewaySide One { get; }

    public GatewaySide Other { get; }

    private static Secret Password => new("secret");

    /// <summary>Ada's message to Bob.</summary>
    public static SendMessage ToBob(string text) => new("Ada", "bob", text);

    public static LogIn LogIn(string name, bool takeover = false) => new(name, Password, takeover);

    public static void Try(int seeds, Action<Simulation, LinkedSimulation> scenario) =>
        Simulation.TrySeeds(seeds, simulation =>
        {
            using var linked = new LinkedSimulation(simulation);
            scenario(simulation, linked);
        });

    /// <summary>The writer is killed. Its farewells are not heard, if that is wanted: then it is missed after the
    /// silence.</summary>
    public void KillWriter(bool silently = false)
    {
        foreach (var gateway in (GatewaySide[])[One, Other])
        {
            if (silently) { gateway.Carrier.Tell(new Carrier.Cut()); }
        }
        _simulation.Run();
        KillWriterAtWork();
        if (silently) { _simulation.Advance(Options.MaxSilence + LinkChannel.TickInterval); }
    }

    /// <summary>The writer is killed, whatever it was told and has not heard.</summary>
    public void KillWriterAtWork()
    {
        Writer.Kill();
        _simulation.Run();
        _store.Dispose();
    }

    /// <summary>Another writer takes the place of one that was killed.</summary>
    /// <param name="epoch">Its epoch; null: the next one.</param>
    public void StartWriter(long? epoch = null)
    {
        _epoch = epoch ?? _epoch + 1;
        _store = WriterSide.OpenStore(_folder.File("chat.db"));
        Writer = new WriterSide(_simulation.Sys, _store, Options, _simulation.Time, _epoch);
        foreach (var gateway in (GatewaySide[])[One, Other])
        {
            gateway.Carrier.Tell(new Carrier.Mend());
            gateway.Carrier.Tell(new Carrier.Follow(Writer.Links));
        }
        _simulation.Run();
    }

    /// <summary>Until every gateway has a link and every session that can be is bound.</summary>
    public void Relink() => _simulation.Advance(TimeSpan.FromSeconds(2));

    /// <inheritdoc cref="KillWriter"/>
    public void ReplaceWriter(bool silently = false)
    {
        KillWriter(silently);
        StartWriter();
        Relink();
    }

    /// <summary>A client that is logged in, and has nothing to read.</summary>
    public Client LogIn(GatewaySide at, string name, Features features = Features.None)
    {
        var client = at.Connect();
        Ask(client, new Hello("test", features));
        Assert.IsType<LoggedIn>(Ask(client, LogIn(name)));
        client.TakeEvents();
        return client;
    }

    /// <summary>The one answer that a request gets without any time.</summary>
    public Response Ask(Client client, Request request)
    {
        client.Submit(request);
        _simulation.Run();
        return Assert.Single(client.TakeAnswers());
    }

    public void Dispose()
    {
        _simulation.Dispose(); // the reader's end comes before the store's
        _store.Dispose();
        _folder.Dispose();
    }

    private GatewaySide Gateway() => new(_simulation.Sys, Writer.Links, Options, _simulation.Time, Sessions);
}
