namespace JoChat.Hocon;

internal static class Switches
{
    public static bool TryParse(string text, out bool value)
    {
        value = text is "true" or "yes" or "on";
        return value || text is "false" or "no" or "off";
    }
}
