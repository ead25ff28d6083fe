using System.IO.Pipelines;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>What carries a client's requests and the messages to it, each with its encoding and framing.</summary>
internal interface IClientTransport
{
    /// <summary>The one setting besides <see cref="SpokenProtocols.Auto"/> that allows what is spoken; null if none
    /// does.</summary>
    SpokenProtocols? Setting { get; }

    /// <summary>The connection's place among those that may be open.</summary>
    Admission Admission { get; }

    /// <summary>Reads requests and tells each to <paramref name="client"/>, until there are no more, one cannot be told
    /// from the next, no more are wanted, or <see cref="StopReading"/>. May throw what
    /// <see cref="ConnectionFault"/> expects.</summary>
    Task ReadRequestsAsync(ClientConnection client);

    /// <summary>Ends the wait for a request.</summary>
    void StopReading();

    /// <summary>Writes a message behind those that wait in <paramref name="waiting"/>.</summary>
    void Write(ServerMessage message, OutputBuffer waiting);

    /// <summary>Takes everything that waits for the next flush. Like <see cref="Write"/> never called by two threads at
    /// a time.</summary>
    void Take(OutputBuffer waiting);

    /// <summary>Sends what was taken. Completes only when the socket took the bytes: a message that was merely buffered
    /// has not been received.</summary>
    ValueTask<FlushResult> FlushAsync();

    /// <summary>Cuts the connection.</summary>
    void Abort();
}
