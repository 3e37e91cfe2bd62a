using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.KubectlText.Wire;

/// <summary>The verbs as kubectl sends them; what the server warns of is passed on, and what it refuses is thrown.</summary>
internal sealed class ApiCaller(IKubectlHost host, Action<string> warn, Disguise? disguise = null)
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <exception cref="StatusException">The server refuses.</exception>
    public JsonNode Get(string path, string accept = MediaTypes.Json) => Read(new("GET", path, accept));

    /// <exception cref="StatusException">The server refuses.</exception>
    public JsonNode Get(ApiResource resource, string? ns, string? name, Query? query = null, string accept = MediaTypes.Json) =>
        Get(resource.Path(ns, name) + query, accept);

    /// <summary>The object, or null when there is none.</summary>
    public JsonNode? Find(ApiResource resource, string? ns, string name)
    {
        try
        {
            return Get(resource, ns, name);
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>A list in one piece, read in chunks.</summary>
    public JsonNode List(ApiResource resource, string? ns, Query query, long chunk, string accept = MediaTypes.Json)
    {
        JsonNode? whole = null;
        var token = "";
        do
        {
            var part = GetPart(resource, ns, query, Copy(query, token, chunk), accept);
            token = new Json(part)["metadata"]["continue"].Text;
            whole = whole is null ? part : Append(whole, part);
        }
        while (token.Length > 0);

        return whole;
    }

    public JsonNode Post(string path, JsonNode body) => Read(new("POST", path, MediaTypes.Json, MediaTypes.Json, GoJson.Compact(body)));

    public JsonNode Put(string path, JsonNode body) => Read(new("PUT", path, MediaTypes.Json, MediaTypes.Json, GoJson.Compact(body)));

    public JsonNode Patch(string path, string contentType, string body) => Read(new("PATCH", path, MediaTypes.Json, contentType, body));

    public JsonNode Delete(string path, JsonNode options) =>
        Read(new("DELETE", path, MediaTypes.Json, MediaTypes.Json, GoJson.Compact(options)));

    /// <summary>The text of an answer that is not JSON.</summary>
    /// <exception cref="StatusException">The server refuses.</exception>
    public string Text(string path)
    {
        var response = host.Send(new("GET", path, $"{MediaTypes.Json}, */*") { As = disguise });
        return response.Code is >= 200 and < 300 ? response.Text : throw StatusException.From(response.Code, response.Text);
    }

    private JsonNode GetPart(ApiResource resource, string? ns, Query query, string text, string accept)
    {
        try
        {
            return Get(resource.Path(ns) + text, accept);
        }
        catch (StatusException refusal) when (refusal.IsNotFound || refusal.Reason == "BadRequest")
        {
            var subject = $"\"{resource.Group}/{resource.Version}, Resource={resource.Plural}\"";
            var (labels, fields) = (query.First("labelSelector"), query.First("fieldSelector"));
            throw refusal.Saying(labels.Length + fields.Length == 0
                ? $"Unable to list {subject}: "
                : $"Unable to find {subject} that match label selector \"{labels}\", field selector \"{fields}\": ");
        }
    }

    private static string Copy(Query query, string token, long chunk)
    {
        var text = query.ToString();
        var more = new Query().With("continue", token);
        var extra = (chunk > 0 ? more.With("limit", chunk) : more).ToString();
        return text.Length == 0 ? extra : extra.Length == 0 ? text : $"{text}&{extra[1..]}";
    }

    private static JsonNode Append(JsonNode whole, JsonNode part)
    {
        var field = whole["rows"] is null ? "items" : "rows";
        if (whole[field] is JsonArray to && part[field] is JsonArray from)
        {
            foreach (var element in from.ToList())
            {
                from.Remove(element);
                to.Add(element);
            }
        }

        return whole;
    }

    private JsonNode Read(KubectlRequest request)
    {
        var response = host.Send(request with { As = disguise });
        foreach (var warning in response.Warnings.Where(told.Add))
        {
            warn($"Warning: {warning}\n");
        }

        return response.Code is >= 200 and < 300
            ? JsonNode.Parse(response.Text) ?? new JsonObject()
            : throw StatusException.From(response.Code, response.Text, request);
    }
}
