namespace JoChat.Protocol;

/// <summary><c>change_password</c>: give my account another secret. All its resume tokens are revoked.</summary>
/// <param name="OldPassword">The secret it has; null or empty is refused.</param>
/// <param name="NewPassword">The secret it is to have, judged as at sign-up.</param>
public sealed record ChangePassword(Secret? OldPassword, Secret? NewPassword) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ChangePassword;
}

/// <summary>The new secret holds.</summary>
public sealed record PasswordChanged : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ChangePassword;
}

internal sealed class ChangePasswordCodec() : DoneCodec<ChangePassword, PasswordChanged>(
    Operation.ChangePassword, "change_password", "Password changed.")
{
    public override ChangePassword ReadRequest(ref JsonInput data)
    {
        string? old = null, next = null;
        while (data.NextMember())
        {
            if (data.Is("old_password"u8)) { old = data.TakeText(); }
            else if (data.Is("new_password"u8)) { next = data.TakeText(); }
        }
        return new ChangePassword(Secret.Of(old), Secret.Of(next));
    }

    protected override void Write(ChangePassword request, JsonOutput data)
    {
        data.Member("old_password"u8, request.OldPassword?.Value);
        data.Member("new_password"u8, request.NewPassword?.Value);
    }

    public override ChangePassword ReadRequest(ref BinaryInput input) =>
        new(new Secret(input.TakeText16()), new Secret(input.TakeText16()));

    protected override void Write(ChangePassword request, BinaryOutput output)
    {
        output.Text16(request.OldPassword?.Value);
        output.Text16(request.NewPassword?.Value);
    }
}
