using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>A client's connection as its session sees it: the boundary between chat and sockets. The session calls it
/// from its actor's thread alone.</summary>
/// <remarks>The connection tells its session every request as a <see cref="ClientRequest"/> in the order received, then
/// <see cref="InputEnded"/>, and <see cref="OutputWritten"/> as described there.</remarks>
public interface IClientConnection
{
    /// <summary>Where the client comes from.</summary>
    ClientAddress Address { get; }

    /// <summary>Whether little enough is waiting to be written. While it is false the session starts nothing that would
    /// add more, so a client that does not read costs constant memory. True again is told by
    /// <see cref="OutputWritten"/>; a connection that is closed has room.</summary>
    bool HasRoom { get; }

    /// <summary>Notes that somebody has logged in, or that nobody is logged in any more.</summary>
    void NoteLogin(bool isLoggedIn);

    /// <summary>Takes the answer to a request, to be written after all before it; never blocks and never throws. After
    /// <see cref="Close"/>, or when the client is gone, it is dropped.</summary>
    /// <returns>Its size in bytes; 0 if it is dropped.</returns>
    int Answer(ClientRequest request, Response response);

    /// <summary>Frees the place of a request that was handled and gets no answer: the connection reads only so many
    /// ahead.</summary>
    void Settle(ClientRequest request);

    /// <summary>Takes an event to be written, as <see cref="Answer"/> does.</summary>
    void Send(ServerEvent news);

    /// <summary>Closes the connection once everything has been written that it took.</summary>
    void Close();
}
