namespace JoChat.Gateway;

/// <summary>A certificate of a cluster could not be made.</summary>
/// <param name="message">Why, for the operator; it holds nothing secret.</param>
internal sealed class ClusterCaException(string message) : Exception(message);
