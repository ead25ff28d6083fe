namespace JoChat.Load.Torture;

/// <summary>Where in the protocol a client's connection is cut.</summary>
internal enum CutStep
{
    /// <summary>Nowhere: it lasts until the server dies.</summary>
    None,

    /// <summary>While a login or resume is under way, its request written in half or in whole.</summary>
    InLogin,

    /// <summary>With a send due and not begun.</summary>
    BeforeSend,

    /// <summary>With a part of a send's frame written.</summary>
    MidFrame,

    /// <summary>With a send written, at once.</summary>
    AfterSend,

    /// <summary>With a send stored, as its recipient has it, and its answer not read.</summary>
    AfterCommit,

    /// <summary>With the answer to a send read.</summary>
    AfterAnswer,

    /// <summary>With a part of an event read.</summary>
    MidEvent,

    /// <summary>With messages pushed and not acknowledged.</summary>
    BeforeAck,

    /// <summary>With an acknowledgement written.</summary>
    AfterAck,

    /// <summary>With a poll written and its answer, which counts as received, not read.</summary>
    MidPoll,

    /// <summary>Not closed: left open and unread, and taken over by another connection.</summary>
    TakenOver,
}
