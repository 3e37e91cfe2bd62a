using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Networking;

/// <summary>A sort of ingress, and which controller implements it.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class">Ingress class</seealso>
public sealed record IngressClass : ApiRecord, IApiObject<IngressClass>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("networking.k8s.io/v1", "ingressclasses", "IngressClass", false);

    /// <inheritdoc/>
    public string ApiVersion => "networking.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "IngressClass";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Who implements it.</summary>
    public IngressClassSpec Spec { get => field ?? IngressClassSpec.Empty; init => field = value == IngressClassSpec.Empty ? null : value; }

    /// <inheritdoc/>
    public IngressClass WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Who implements a class of ingresses.</summary>
public sealed record IngressClassSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static IngressClassSpec Empty { get; } = new();

    /// <summary>The controller, a path that begins with a domain.</summary>
    public string? Controller { get; init; }

    /// <summary>What the controller is told.</summary>
    public IngressClassParametersReference? Parameters { get; init; }
}

/// <summary>The object that holds a class's parameters.</summary>
public sealed record IngressClassParametersReference : ApiRecord
{
    /// <summary>Its group.</summary>
    public string? ApiGroup { get; init; }

    /// <summary>Its kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>Cluster</c> or <c>Namespace</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Its namespace.</summary>
    public string? Namespace { get; init; }
}
