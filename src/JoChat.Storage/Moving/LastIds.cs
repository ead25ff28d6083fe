namespace JoChat.Storage;

/// <summary>The highest ids that were ever given: none is given twice, also if what had it is gone.</summary>
/// <param name="Message">That of a message.</param>
/// <param name="OrderedThrough">Up to which message conversations are in their order (docs/adr/0006).</param>
/// <param name="Account">That of an account.</param>
/// <param name="Login">That of a login.</param>
public readonly record struct LastIds(long Message, long OrderedThrough, long Account, long Login);
