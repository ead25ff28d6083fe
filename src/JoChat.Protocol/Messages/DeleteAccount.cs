namespace JoChat.Protocol;

/// <summary><c>delete_account</c>: delete my account and every message it sent or received.</summary>
public sealed record DeleteAccount : Request
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

internal sealed class DeleteAccountCodec() : OperationCodec<DeleteAccount, AccountDeleted>(
    Operation.DeleteAccount, "delete_account", new EmptyFields<DeleteAccount>(),
    new EmptyFields<AccountDeleted>(
        "Account has been deleted. All associated messages are removed.", isOriginal: true));
