#nullable disable annotations
using Xunit.Abstractions;

namespace JoChat.ActorEngine.TestKit;

/// <summary>Base of an xunit test class: one actor system and one test actor for each test.</summary>
/// <remarks>What the test tells has the test actor as its sender, also after an await. The system is terminated
/// after the test.</remarks>
public class TestKit : TestKitBase, IDisposable
{
    private const string Defaults = "akka.stdout-loglevel = OFF";

    /// <summary>Begins a test.</summary>
    /// <param name="system">The system under test; null for a new one.</param>
    /// <param name="output">Gets what the system logs; null for nowhere.</param>
    public TestKit(ActorSystem system = null, ITestOutputHelper output = null)
        : base(system ?? NewSystem(ConfigurationFactory.Empty, null), null) => Begin(output);

    /// <summary>Begins a test on a new system.</summary>
    /// <param name="config">Configures the system.</param>
    /// <param name="actorSystemName">The system's name; null for "test".</param>
    /// <param name="output">Gets what the system logs; null for nowhere.</param>
    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null)
        : base(NewSystem(config, actorSystemName), null) => Begin(output);

    /// <summary>Begins a test on a new system.</summary>
    /// <param name="config">Configures the system, in HOCON.</param>
    /// <param name="output">Gets what the system logs; null for nowhere.</param>
    public TestKit(string config, ITestOutputHelper output = null)
        : base(NewSystem(ConfigurationFactory.ParseString(config), null), null) => Begin(output);

    /// <summary>Ends the test.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called when the test is over: terminates the system.</summary>
    protected virtual void AfterAll() => Shutdown();

    /// <summary>Ends the test.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        try
        {
            AfterAll();
        }
        finally
        {
            ActorCell.Leave(null);
        }
    }

    private static ActorSystem NewSystem(Config config, string name) =>
        ActorSystem.Create(name ?? "test", config.WithFallback(ConfigurationFactory.ParseString(Defaults)));

    private void Begin(ITestOutputHelper output)
    {
        if (output is not null) { Sys.EventStream.OnLog += log => Write(log, output); }
        new ImplicitSenderContext(((LocalActorRef)TestActor).Cell).Begin();
    }

    private static void Write(LogEvent log, ITestOutputHelper output)
    {
        try
        {
            output.WriteLine(log.ToString());
        }
        catch (InvalidOperationException)
        {
            // Logged after the end of the test: nobody is interested any more.
        }
    }
}
