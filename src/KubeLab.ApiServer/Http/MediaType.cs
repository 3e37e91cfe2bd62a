using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>In which form an answer is wanted.</summary>
internal enum AnswerForm
{
    /// <summary>The objects themselves.</summary>
    Object,

    /// <summary>A printed table.</summary>
    Table,

    /// <summary>Their metadata only.</summary>
    Metadata,

    /// <summary>All groups and resources in one document.</summary>
    Discovery,

    /// <summary>The same as it was called before Kubernetes 1.30.</summary>
    DiscoveryBeta,
}

/// <summary>Reads <c>Accept</c> and <c>Content-Type</c>.</summary>
internal static class MediaType
{
    private const string Offered = "application/json, application/yaml, application/json;stream=watch";

    /// <summary>The first form in <paramref name="accept"/> that is offered, and whether it is wanted as YAML.</summary>
    /// <exception cref="ApiException">NotAcceptable (406).</exception>
    public static (AnswerForm Form, bool Yaml) Negotiate(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return (AnswerForm.Object, false);
        }

        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);

            // JSON answers a wish for protobuf too: every client that asks for it reads JSON by the Content-Type.
            var isJson = parts[0] is "application/json" or "*/*" or "application/*" or "application/vnd.kubernetes.protobuf";
            if ((isJson || parts[0] == "application/yaml") && FormOf(parts) is { } form)
            {
                return (form, !isJson);
            }
        }

        throw NotAcceptable(Offered);
    }

    /// <summary>The refusal of a client that wants none of the media types that are <paramref name="offered"/>.</summary>
    public static ApiException NotAcceptable(string offered) => new(new()
    {
        State = "Failure",
        Code = 406,
        Reason = "NotAcceptable",
        Message = $"406: Not Acceptable\n\nAvailable representations: {offered}",
        Details = new(),
    });

    /// <summary>The media type without its parameters; JSON when nothing is said.</summary>
    public static string Of(string? contentType) =>
        string.IsNullOrWhiteSpace(contentType) ? "application/json" : contentType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Whether a body is YAML rather than JSON.</summary>
    /// <exception cref="ApiException">UnsupportedMediaType (415): it is neither.</exception>
    public static bool IsYaml(string? contentType) => Of(contentType) switch
    {
        "application/json" => false,
        "application/yaml" => true,
        _ => throw Unsupported("application/json, application/yaml, application/vnd.kubernetes.protobuf"),
    };

    /// <summary>Whether a body is in Kubernetes' protobuf encoding.</summary>
    public static bool IsProtobuf(string? contentType) => Of(contentType) == "application/vnd.kubernetes.protobuf";

    /// <summary>How a patch of this type is to be read.</summary>
    /// <exception cref="ApiException">UnsupportedMediaType (415).</exception>
    public static PatchType PatchType(string? contentType) => Of(contentType) switch
    {
        "application/json-patch+json" => Api.Verbs.PatchType.Json,
        "application/merge-patch+json" => Api.Verbs.PatchType.Merge,
        "application/strategic-merge-patch+json" => Api.Verbs.PatchType.Strategic,
        "application/apply-patch+yaml" => Api.Verbs.PatchType.Apply,
        _ => throw Unsupported(
            "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"),
    };

    private static ApiException Unsupported(string accepted) => new(new()
    {
        State = "Failure",
        Code = 415,
        Reason = "UnsupportedMediaType",
        Message = $"the body of the request was in an unknown format - accepted media types include: {accepted}",
    });

    private static AnswerForm? FormOf(string[] parts)
    {
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith("as=", StringComparison.Ordinal))
            {
                return part[3..] switch
                {
                    "Table" when !parts.Contains("v=v1beta1") => AnswerForm.Table,
                    "PartialObjectMetadata" or "PartialObjectMetadataList" => AnswerForm.Metadata,
                    "APIGroupDiscoveryList" when parts.Contains("v=v2") => AnswerForm.Discovery,
                    "APIGroupDiscoveryList" when parts.Contains("v=v2beta1") => AnswerForm.DiscoveryBeta,
                    _ => null,
                };
            }
        }

        return AnswerForm.Object;
    }
}
