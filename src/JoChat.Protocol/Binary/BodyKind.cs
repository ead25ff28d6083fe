namespace JoChat.Protocol;

/// <summary>The second byte of a binary body, <c>is_response</c> in the original.</summary>
internal enum BodyKind : byte
{
    Request = 0,
    Response = 1,
    Event = 2,
}
