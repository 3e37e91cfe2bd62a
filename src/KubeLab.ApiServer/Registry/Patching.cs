using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.Registry;

/// <summary>Applies a patch to an object's JSON, the one place inside the server where JSON is made.</summary>
internal static class Patching
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = ApiJson.DepthMax };

    private const string WrongType =
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
        + "application/merge-patch+json, application/strategic-merge-patch+json";

    private const string WrongTypeOfCustom =
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
        + "application/merge-patch+json, application/apply-patch+yaml";

    /// <summary>The object that <paramref name="patch"/> makes of <paramref name="current"/>.</summary>
    /// <exception cref="ApiException">BadRequest or Invalid: the patch does not fit.</exception>
    public static IApiObject Apply(KindStrategy kind, IApiObject current, PatchBody patch, WriteOptions options)
    {
        var type = current.GetType();
        if (type == typeof(CustomObject) && patch.Type == PatchType.Strategic)
        {
            // Without a record nothing says how lists merge.
            throw Unsupported(WrongTypeOfCustom);
        }

        var before = JsonSerializer.SerializeToNode(current, type, ApiJson.Default);
        try
        {
            var after = patch.Type switch
            {
                PatchType.Json => JsonPatch.Apply(before, patch.Body),
                PatchType.Merge => JsonMergePatch.Apply(before, patch.Body),
                PatchType.Strategic => StrategicMergePatch.Apply(before, patch.Body, type),
                _ => throw Unsupported(WrongType),
            };
            return JsonDepth.IsWithin(after, GoJson.DepthMax)
                ? Read(current, after, patch, options, type == typeof(CustomObject) ? kind.Schema : null)
                : throw ApiErrors.BadRequest("exceeded max depth");
        }
        catch (PatchException e)
        {
            throw Refusal(kind.Resource, current.Metadata.Name ?? "", e);
        }
    }

    /// <summary>Refuses a patch that says a field twice, or warns of it, as <paramref name="options"/> ask.</summary>
    /// <exception cref="ApiException">Invalid, under strict validation.</exception>
    public static void Report(PatchBody patch, List<string> complaints, WriteOptions options)
    {
        if (options.FieldValidation == FieldValidation.Strict && complaints.Count > 0)
        {
            var shown = patch.Type == PatchType.Strategic ? GoText.Of(patch.Body) : patch.Body.ToJsonString(Relaxed);
            throw Invalid(shown, $"strict decoding error: {string.Join(", ", complaints)}");
        }

        if (options.FieldValidation == FieldValidation.Warn)
        {
            complaints.ForEach(c => options.OnWarning?.Invoke(c));
        }
    }

    // What the patch made is read as any body is. Upstream names the patch as the field that is wrong, and shows a strategic patch as it
    // prints maps, but of the others what they made.
    private static IApiObject Read(IApiObject current, JsonNode? after, PatchBody patch, WriteOptions options, StructuralSchema? schema)
    {
        try
        {
            var element = JsonSerializer.SerializeToElement(after, PatchJson.Default.JsonNode);
            return ObjectDecoder.Read(current.ApiVersion, current.Kind, current.GetType(), element, options.FieldValidation, options.OnWarning, schema);
        }
        catch (FormatException e)
        {
            throw Invalid(patch.Type == PatchType.Strategic ? GoText.Of(patch.Body) : after?.ToJsonString(Relaxed) ?? "null", e.Message);
        }
    }

    private static ApiException Unsupported(string why) =>
        new(new() { State = "Failure", Code = 415, Reason = "UnsupportedMediaType", Message = why });

    private static ApiException Invalid(string shown, string why)
    {
        var cause = new StatusCause
        {
            Reason = "FieldValueInvalid",
            Field = "patch",
            Message = $"Invalid value: {GoQuote.Quote(shown)}: {why}",
        };
        return new ApiException(new()
        {
            State = "Failure",
            Code = 422,
            Reason = "Invalid",
            Message = $" \"\" is invalid: {cause.Field}: {cause.Message}",
            Details = new() { Causes = [cause] },
        });
    }

    private static ApiException Refusal(ApiResource resource, string name, PatchException e) => e.Failure switch
    {
        PatchFailure.Malformed => ApiErrors.BadRequest(e.Message),
        PatchFailure.TooLarge => new ApiException(new()
        {
            State = "Failure",
            Code = 413,
            Reason = "RequestEntityTooLarge",
            Message = $"Request entity too large: {e.Message}",
        }),
        PatchFailure.Unprocessable => new ApiException(new()
        {
            State = "Failure",
            Code = 422,
            Reason = "Invalid",
            Message = $"the server rejected our request due to an error in our request: {e.Message}",
            Details = new() { Name = name, Group = resource.Group.Length == 0 ? null : resource.Group, Kind = resource.Plural },
        }),

        // Upstream passes these on as errors of its own (500); a patch that asks for nonsense is its sender's error here.
        _ => ApiErrors.BadRequest(e.Message),
    };
}

[JsonSerializable(typeof(JsonNode))]
[JsonSourceGenerationOptions(MaxDepth = ApiJson.DepthMax)]
internal sealed partial class PatchJson : JsonSerializerContext;
