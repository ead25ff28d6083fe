namespace JoChat.ActorEngine;

/// <summary>The mailboxes that actors may ask for by configuration path. There is one kind, which is unbounded and
/// takes messages back at its front; so this only refuses the others.</summary>
internal sealed class MailboxTypes(Config config)
{
    private const string DefaultPath = "akka.actor.default-mailbox";

    /// <param name="path">Null for the default mailbox.</param>
    /// <exception cref="ConfigurationException">Nothing usable is configured there.</exception>
    public void Check(string? path)
    {
        if (string.IsNullOrEmpty(path) || path == DefaultPath) { return; }
        var type = config.GetString($"{path}.mailbox-type")
            ?? throw new ConfigurationException($"Mailbox [{path}] is not configured: it has no mailbox-type.");
        // As in "Akka.Dispatch.UnboundedMailbox, Akka".
        var name = type.Split(',')[0].Split('.')[^1].Trim();
        if (name is not ("UnboundedMailbox" or "UnboundedDequeBasedMailbox"))
        {
            throw new ConfigurationException(
                $"{path}.mailbox-type is \"{type}\"; UnboundedMailbox or UnboundedDequeBasedMailbox is wanted.");
        }
    }
}
