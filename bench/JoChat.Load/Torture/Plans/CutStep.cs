namespace JoChat.Load.Torture;

/// <summary>Where in the protocol a client's connection is cut.</summary>
internal enum CutStep
{
    /// <summary>Nowhere: it lasts until the server is killed.</summary>
    None,

    /// <summary>During a login or resume, after half or all of its request is written.</summary>
    InLogin,

    /// <summary>Before a send is written.</summary>
    BeforeSend,

    /// <summary>After a part of a send's frame.</summary>
    MidFrame,

    /// <summary>Right after a send is written.</summary>
    AfterSend,

    /// <summary>When a send is stored, since its recipient has it, before its answer is read.</summary>
    AfterCommit,

    /// <summary>After the answer to a send is read.</summary>
    AfterAnswer,

    /// <summary>After a part of an event is read.</summary>
    MidEvent,

    /// <summary>When messages are pushed and not acknowledged.</summary>
    BeforeAck,

    /// <summary>Right after an acknowledgement is written.</summary>
    AfterAck,

    /// <summary>After a poll is written, before its answer is read, which counts as delivered.</summary>
    MidPoll,

    /// <summary>Not closed: left open and unread, and taken over by another connection.</summary>
    TakenOver,
}
