namespace JoChat.Storage.Tests;

/// <summary>Client ids of schema 11, which were not counted, brought to the newest.</summary>
public sealed class Migration0012Tests : DatabaseTests
{
    [Fact]
    public void Client_ids_that_are_remembered_count_from_then_on()
    {
        using (var connection = Sqlite.CreateOld(Folder.Database, schema: 11))
        {
            connection.Run("""
                INSERT INTO accounts (id, username, username_key, password_hash, created_at, skeleton)
                VALUES (1, 'ada', 'ADA', 'hash', 0, 'ada'), (2, 'bob', 'BOB', 'hash', 0, 'bob');
                INSERT INTO sent_bytes (account_id, bytes) VALUES (1, 1000);
                INSERT INTO client_ids (sender_id, client_id, message_id, sent_at, fingerprint)
                VALUES (1, 'c1', 1, 0, x''), (1, 'c2', 2, 0, x''), (2, 'c1', 3, 0, x'');
                """);
        }

        using var store = Open();

        Assert.Equal((1200, 100), (store.CountSentBytes(new AccountId(1)), store.CountSentBytes(new AccountId(2))));
    }
}
