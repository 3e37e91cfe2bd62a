using KubeLab.Api;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>What schemas are called: as upstream calls them, so that clients show the last word as the type.</summary>
internal static class SchemaNames
{
    public const string Machinery = "io.k8s.apimachinery.pkg.";
    public const string Quantity = Machinery + "api.resource.Quantity";
    public const string IntOrString = Machinery + "util.intstr.IntOrString";
    public const string Meta = Machinery + "apis.meta.v1.";

    /// <summary>The name of a message's schema, for example <c>io.k8s.api.core.v1.Pod</c>.</summary>
    public static string Of(FieldMessage message) => message.Name.StartsWith("meta.v1.", StringComparison.Ordinal)
        ? $"{Machinery}apis.{message.Name}"
        : $"io.k8s.api.{message.Name}";

    /// <summary>The name of a user's own kind: its group backwards, its version and the kind.</summary>
    public static string Custom(ApiResource kind) => string.Join('.', kind.Group.Split('.').Reverse().Append(kind.Version).Append(kind.Kind));

    /// <summary>How one schema refers to another.</summary>
    public static string Reference(string name) => $"#/components/schemas/{name}";
}
