using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>What the process is, without its sockets: all of JoChat, or a node of a cluster.</summary>
internal interface INode
{
    /// <summary>The sessions of clients; null if none connect here.</summary>
    ChatService? Chat { get; }

    /// <summary>Asks the writer, if it may run here; else null.</summary>
    Administration? Administration { get; }

    /// <summary>Where messages are kept, for people.</summary>
    string Place { get; }

    /// <summary>Completes when it has ended by itself. It must be stopped then too.</summary>
    Task Ended { get; }

    /// <summary>Stops it.</summary>
    /// <returns>The exit status of the process, and what is told of it; null: nothing.</returns>
    Task<(int Status, string? Fault)> StopAsync();
}
