using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Networking;

/// <summary>Rules by which requests from outside reach services, by host and path.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/ingress/">Ingress</seealso>
public sealed record Ingress : ApiRecord, IApiObject<Ingress>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("networking.k8s.io/v1", "ingresses", "Ingress", true, "ing", "", "status");

    /// <inheritdoc/>
    public string ApiVersion => "networking.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "Ingress";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the user asks for.</summary>
    public IngressSpec Spec { get => field ?? IngressSpec.Empty; init => field = value == IngressSpec.Empty ? null : value; }

    /// <summary>What the ingress controller reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IngressStatus Status { get => field ?? IngressStatus.Empty; init => field = value == IngressStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public Ingress WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What the user asks for in an ingress.</summary>
public sealed record IngressSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static IngressSpec Empty { get; } = new();

    /// <summary>Which class implements it.</summary>
    public string? IngressClassName { get; init; }

    /// <summary>Where requests go that no rule matches.</summary>
    public IngressBackend? DefaultBackend { get; init; }

    /// <summary>The certificates of its hosts.</summary>
    public ValueList<IngressTLS> Tls { get; init; }

    /// <summary>Which requests go where.</summary>
    public ValueList<IngressRule> Rules { get; init; }
}

/// <summary>Where requests go: a service or another object.</summary>
public sealed record IngressBackend : ApiRecord
{
    /// <summary>The service.</summary>
    public IngressServiceBackend? Service { get; init; }

    /// <summary>Another object of the same namespace.</summary>
    public TypedLocalObjectReference? Resource { get; init; }
}

/// <summary>A service as a target.</summary>
public sealed record IngressServiceBackend : ApiRecord
{
    /// <summary>The service.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its port.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ServiceBackendPort Port { get => field ?? ServiceBackendPort.Empty; init => field = value == ServiceBackendPort.Empty ? null : value; }
}

/// <summary>A port of a service, by name or by number.</summary>
public sealed record ServiceBackendPort : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ServiceBackendPort Empty { get; } = new();

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The number.</summary>
    public int Number { get; init; }
}

/// <summary>The certificate of some hosts.</summary>
public sealed record IngressTLS : ApiRecord
{
    /// <summary>The hosts.</summary>
    public ValueList<string> Hosts { get; init; }

    /// <summary>The secret that holds the certificate.</summary>
    public string? SecretName { get; init; }
}

/// <summary>What happens with requests for one host.</summary>
public sealed record IngressRule : ApiRecord
{
    /// <summary>The host; absent for all.</summary>
    public string? Host { get; init; }

    /// <summary>Which paths go where.</summary>
    public HTTPIngressRuleValue? Http { get; init; }
}

/// <summary>Which paths go where.</summary>
public sealed record HTTPIngressRuleValue : ApiRecord
{
    /// <summary>The paths.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<HTTPIngressPath> Paths { get; init; }
}

/// <summary>Where requests for one path go.</summary>
public sealed record HTTPIngressPath : ApiRecord
{
    /// <summary>The path.</summary>
    public string? Path { get; init; }

    /// <summary><c>Exact</c>, <c>Prefix</c> or <c>ImplementationSpecific</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? PathType { get; init; }

    /// <summary>The target.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IngressBackend? Backend { get; init; }
}

/// <summary>What the ingress controller reports.</summary>
public sealed record IngressStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static IngressStatus Empty { get; } = new();

    /// <summary>Where the world reaches it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IngressLoadBalancerStatus LoadBalancer { get => field ?? IngressLoadBalancerStatus.Empty; init => field = value == IngressLoadBalancerStatus.Empty ? null : value; }
}

/// <summary>Where the world reaches an ingress.</summary>
public sealed record IngressLoadBalancerStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static IngressLoadBalancerStatus Empty { get; } = new();

    /// <summary>The addresses.</summary>
    public ValueList<IngressLoadBalancerIngress> Ingress { get; init; }
}

/// <summary>One address of an ingress.</summary>
public sealed record IngressLoadBalancerIngress : ApiRecord
{
    /// <summary>The address.</summary>
    public string? Ip { get; init; }

    /// <summary>The name.</summary>
    public string? Hostname { get; init; }

    /// <summary>Its ports.</summary>
    public ValueList<OpaqueObject> Ports { get; init; }
}
