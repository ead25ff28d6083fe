using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>A client's connection as its session sees it: the boundary between chat and sockets. Each transport has its
/// own implementation. The session calls it from its actor's thread alone.</summary>
/// <remarks>The connection tells its session every decoded <see cref="Request"/> in the order received, then
/// <see cref="InputEnded"/>, and <see cref="OutputWritten"/> as described there.</remarks>
public interface IClientConnection
{
    /// <summary>Whether little enough is waiting to be written. While it is false the session starts nothing that would
    /// add more, so a client that does not read costs constant memory. True again is told by
    /// <see cref="OutputWritten"/>; a connection that is closed has room.</summary>
    bool HasRoom { get; }

    /// <summary>Takes a message to be written after all earlier ones; never blocks and never throws. After
    /// <see cref="Close"/>, or when the client is gone, the message is dropped.</summary>
    void Send(ServerMessage message);

    /// <summary>Tells that a request was handled that has no answer, as <see cref="Send"/> of an answer tells it of the
    /// others: the connection reads only so many requests ahead.</summary>
    void Settle();

    /// <summary>Closes the connection once everything sent has been written.</summary>
    void Close();
}
