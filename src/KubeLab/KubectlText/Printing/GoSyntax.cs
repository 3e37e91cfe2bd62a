using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Printing;

/// <summary>Objects as Go's <c>%#v</c> writes them, which kubectl shows below an error of jsonpath.</summary>
internal static class GoSyntax
{
    public static string Of(JsonNode? node) => node switch
    {
        null => "interface {}(nil)",
        JsonObject => $"map[string]interface {{}}{{{string.Join(", ", new Json(node).Fields.Select(f => $"{GoQuote.Quote(f.Key)}:{Of(f.Value.Node)}"))}}}",
        JsonArray list => $"[]interface {{}}{{{string.Join(", ", list.Select(Of))}}}",
        _ when node.GetValueKind() == JsonValueKind.String => GoQuote.Quote(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };
}
