using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>The settings below <c>jochat.actors</c>, which become Akka.NET's, and the section <c>akka</c>, which is
/// Akka.NET's already.</summary>
internal static class ActorSettings
{
    /// <summary>The section of the settings file that Akka.NET gets whole.</summary>
    public const string AkkaSection = "akka";

    private const int LeastThroughput = 1;
    private const int MostThroughput = 10_000;

    public static string Read(SettingReader reader)
    {
        var throughput = Throughput("actors.throughput", standard: 30);
        var logLevel = reader.Choice("actors.log-level", ActorLogLevel.Warning);
        var sessions = Throughput("actors.dispatchers.sessions.throughput", throughput);
        var type = reader.Choice("actors.dispatchers.persistence.type", PersistenceDispatcherType.Pinned);
        var persistence = Throughput("actors.dispatchers.persistence.throughput", throughput);
        return FormattableString.Invariant($$"""
            akka {
              loglevel = "{{logLevel.ToString().ToUpperInvariant()}}"
              actor.default-dispatcher.throughput = {{throughput}}
            }
            {{ChatOptions.SessionsDispatcher}} { throughput = {{sessions}} }
            {{ChatOptions.PersistenceDispatcher}} { executor = "{{Executor(type)}}", throughput = {{persistence}} }
            """);

        int Throughput(string key, int standard) => reader.Number(key, standard, LeastThroughput, MostThroughput);
    }

    /// <summary>Gives the section <c>akka</c>, which the configuration has as JSON; empty if there is none.</summary>
    public static string ReadAkka(SettingReader reader) =>
        reader.Akka() is { } json ? $$"""{"{{AkkaSection}}":{{json}}}""" : string.Empty;

    private static string Executor(PersistenceDispatcherType type) =>
        type == PersistenceDispatcherType.Pinned ? "fork-join-executor" : "default-executor";

    private enum ActorLogLevel { Debug, Info, Warning, Error, Off }

    private enum PersistenceDispatcherType { Pinned, Pool }
}
