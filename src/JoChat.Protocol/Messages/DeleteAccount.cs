namespace JoChat.Protocol;

/// <summary><c>delete_account</c>: delete my account and every message it sent or received.</summary>
/// <param name="Password">The secret given at sign-up; null or empty is refused, unless the connection has just logged in
/// with it.</param>
public sealed record DeleteAccount(Secret? Password = null) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.DeleteAccount;
}

/// <summary>The account is gone and the connection logged out.</summary>
public sealed record AccountDeleted : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.DeleteAccount;
}

/// <summary>The binary form without a password is the original's.</summary>
internal sealed class DeleteAccountCodec() : OperationCodec<DeleteAccount, AccountDeleted>(
    Operation.DeleteAccount, "delete_account",
    new FieldTable<DeleteAccount, string?>(request => request.Password?.Value, password => new(Secret.Of(password)))
        .InJson("password", (ref password) => ref password, new Text(2)),
    new EmptyFields<AccountDeleted>(
        "Account has been deleted. All associated messages are removed.", isOriginal: true))
{
    private static readonly ExtendedDeleteAccountCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override bool NeedsExtended(Request request) =>
        request.IsExtended || request is DeleteAccount { Password: not null };
}

/// <summary>The binary form with a password.</summary>
internal sealed class ExtendedDeleteAccountCodec() : OperationCodec<DeleteAccount, AccountDeleted>(
    Operation.DeleteAccount, "delete_account",
    new FieldTable<DeleteAccount, string?>(
        request => request.Password?.Value, password => new(Secret.Of(password)) { IsExtended = true })
        .InBinary((ref password) => ref password, new Text(2)),
    new FieldTable<AccountDeleted, bool>(_ => false, _ => new AccountDeleted { IsExtended = true }))
{
    public override byte Op => 33;
}
