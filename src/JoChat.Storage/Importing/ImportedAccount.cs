namespace JoChat.Storage;

/// <summary>An account that comes from elsewhere, with its id.</summary>
/// <param name="Id">Its id there, or a new one.</param>
/// <param name="Username">The name as it is shown.</param>
/// <param name="UsernameKey">The name as it is compared.</param>
/// <param name="PasswordHash">The slow hash.</param>
public sealed record ImportedAccount(AccountId Id, string Username, string UsernameKey, string PasswordHash);
