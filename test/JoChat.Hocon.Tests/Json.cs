using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JoChat.Hocon.Tests;

/// <summary>Shows a resolved tree as compact JSON with apostrophes for quotes, so that a table can hold it. Every
/// scalar but null is a text there, as HOCON keeps it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(string hocon, HoconOptions? options = null) =>
        Convert(HoconObject.Parse(hocon, options ?? TestWorld.Nothing))!.ToJsonString(Plain).Replace('"', '\'');

    private static JsonNode? Convert(HoconNode node) => node switch
    {
        HoconScalar { Kind: HoconScalarKind.Null } => null,
        HoconScalar scalar => JsonValue.Create(scalar.Text),
        HoconArray array => new JsonArray([.. array.Items.Select(Convert)]),
        HoconObject parent => new JsonObject(
            parent.Fields.Select(field => KeyValuePair.Create(field.Key, Convert(field.Value)))),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };
}
