using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Cluster;

/// <summary>Records that are fields of messages, each written and read in one place.</summary>
internal static class LinkRecords
{
    private const int TokenHashBytes = 32; // of SHA-256

    private static readonly long AllFeatures = (long)Enum.GetValues<Features>().Aggregate((one, other) => one | other);

    public static ref LinkOutput Add(this ref LinkOutput to, Account account) =>
        ref to.Add(account.Id).Add(account.Username).Add(account.PasswordHash);

    public static Account TakeAccount(this ref LinkInput from) =>
        new(from.TakeAccountId(), from.TakeText(), from.TakeText());

    public static ref LinkOutput Add(this ref LinkOutput to, SessionLogin login) => ref to.Add(login.Id)
        .Add(login.Username).Add(login.LiveAfter).AddOptional(login.Kept).Add(login.PasswordMark).Add(login.ProvenAt)
        .Add(login.Since);

    public static SessionLogin TakeSessionLogin(this ref LinkInput from) => new(
        from.TakeAccountId(), from.TakeText(), from.TakeMessageId(), from.TakeOptionalLoginId())
    {
        PasswordMark = from.TakeNumber(),
        ProvenAt = from.TakeTime(),
        Since = from.TakeTime(),
    };

    public static ref LinkOutput Add(this ref LinkOutput to, StoredMessage message) => ref to.Add(message.Id)
        .Add(message.SenderId).Add(message.Sender).Add(message.Content).Add(message.SentAt);

    public static StoredMessage TakeStoredMessage(this ref LinkInput from) => new(
        from.TakeMessageId(), from.TakeAccountId(), from.TakeText(), from.TakeText(), from.TakeTime());

    public static ref LinkOutput Add(this ref LinkOutput to, Features features) => ref to.Add((long)features);

    public static Features TakeFeatures(this ref LinkInput from) =>
        from.TakeNumber() is var flags && (flags & ~AllFeatures) == 0
            ? (Features)flags
            : throw from.Fault($"{flags} are no features");

    public static ref LinkOutput Add(this ref LinkOutput to, TokenHash token) =>
        ref to.Add(token.Selector).AddBytes(token.ToBytes());

    public static TokenHash TakeTokenHash(this ref LinkInput from) =>
        new(from.TakeText(), Convert.ToHexString(from.TakeBytes(TokenHashBytes)));

    public static ref LinkOutput Add(this ref LinkOutput to, NewToken token) =>
        ref to.Add(token.Hash).Add((long)token.Expiry.TotalMilliseconds);

    public static NewToken TakeNewToken(this ref LinkInput from) => new(
        from.TakeTokenHash(), TimeSpan.FromMilliseconds(from.TakeNumber(0, (long)TimeSpan.MaxValue.TotalMilliseconds)));

    public static ref LinkOutput Add(this ref LinkOutput to, UsedToken used) =>
        ref to.Add(used.Login.Value).Add(used.Account).Add(used.Selector).Add(used.CreatedAt).Add(used.IsReplaced);

    public static UsedToken TakeUsedToken(this ref LinkInput from) => new(
        new LoginId(from.TakeNumber()), from.TakeAccount(), from.TakeText(), from.TakeTime(), from.TakeFlag());

    public static ref LinkOutput Add(this ref LinkOutput to, ClientInfo client) =>
        ref to.AddOptional(client.Name).Add(client.Address);

    public static ClientInfo TakeClientInfo(this ref LinkInput from) =>
        new(from.TakeOptionalText(), from.TakeClientAddress());

    public static ref LinkOutput Add(this ref LinkOutput to, ClientAddress address) =>
        ref to.Add(address.IsVersion6).Add((long)address.Bits);

    public static ClientAddress TakeClientAddress(this ref LinkInput from) => from.TakeFlag()
        ? ClientAddress.OfVersion6((ulong)from.TakeNumber())
        : ClientAddress.OfVersion4((uint)from.TakeNumber(0, uint.MaxValue));

    public static Username TakeUsername(this ref LinkInput from)
    {
        var text = from.TakeText();
        return Username.TryParse(text, out var name, out _) && name.Text == text
            ? name
            : throw from.Fault("a name is no username");
    }
}
