namespace KubeLab.KubectlText.Wire;

/// <summary>A request as it goes over HTTP.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="PathAndQuery">The path and the encoded query.</param>
/// <param name="Accept">The media types that the answer may have.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The body, or null.</param>
internal sealed record KubectlRequest(string Method, string PathAndQuery, string Accept, string? ContentType = null, string? Body = null)
{
    /// <summary>As whom it is made, when as somebody else.</summary>
    public Disguise? As { get; init; }
}

/// <summary>Somebody else, as whom requests are made: <c>--as</c>, <c>--as-group</c>, <c>--as-uid</c>.</summary>
/// <param name="User">The name.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Uid">The uid, or empty.</param>
internal sealed record Disguise(string User, IReadOnlyList<string> Groups, string Uid);

/// <summary>The answer to a request.</summary>
/// <param name="Code">The HTTP status code.</param>
/// <param name="Text">The body.</param>
/// <param name="Warnings">The texts of the Warning headers.</param>
internal sealed record KubectlResponse(int Code, string Text, IReadOnlyList<string> Warnings);

/// <summary>The media types that kubectl asks for and sends.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>Rows and columns as the server prints them.</summary>
    public const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";
}
