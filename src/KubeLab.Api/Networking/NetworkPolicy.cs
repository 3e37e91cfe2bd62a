using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Networking;

/// <summary>Which traffic the pods that it selects may take part in.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network policies</seealso>
public sealed record NetworkPolicy : ApiRecord, IApiObject<NetworkPolicy>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", true, "netpol");

    /// <inheritdoc/>
    public string ApiVersion => "networking.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "NetworkPolicy";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is allowed.</summary>
    public NetworkPolicySpec Spec { get => field ?? NetworkPolicySpec.Empty; init => field = value == NetworkPolicySpec.Empty ? null : value; }

    /// <inheritdoc/>
    public NetworkPolicy WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What a network policy allows.</summary>
public sealed record NetworkPolicySpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static NetworkPolicySpec Empty { get; } = new();

    /// <summary>Which pods of its namespace it is about; an empty one means all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public LabelSelector? PodSelector { get; init; }

    /// <summary>What may come in.</summary>
    public ValueList<NetworkPolicyIngressRule> Ingress { get; init; }

    /// <summary>What may go out.</summary>
    public ValueList<NetworkPolicyEgressRule> Egress { get; init; }

    /// <summary><c>Ingress</c>, <c>Egress</c>: the directions that it restricts.</summary>
    public ValueList<string> PolicyTypes { get; init; }
}

/// <summary>Traffic that may come in.</summary>
public sealed record NetworkPolicyIngressRule : ApiRecord
{
    /// <summary>To which ports; none means all.</summary>
    public ValueList<NetworkPolicyPort> Ports { get; init; }

    /// <summary>From whom; none means from everybody.</summary>
    public ValueList<NetworkPolicyPeer> From { get; init; }
}

/// <summary>Traffic that may go out.</summary>
public sealed record NetworkPolicyEgressRule : ApiRecord
{
    /// <summary>To which ports; none means all.</summary>
    public ValueList<NetworkPolicyPort> Ports { get; init; }

    /// <summary>To whom; none means to everybody.</summary>
    public ValueList<NetworkPolicyPeer> To { get; init; }
}

/// <summary>A port, or a range of them.</summary>
public sealed record NetworkPolicyPort : ApiRecord
{
    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The port by number or name; absent for all.</summary>
    public IntOrString? Port { get; init; }

    /// <summary>The last port of a range.</summary>
    public int? EndPort { get; init; }
}

/// <summary>With whom traffic is allowed.</summary>
public sealed record NetworkPolicyPeer : ApiRecord
{
    /// <summary>Pods with these labels.</summary>
    public LabelSelector? PodSelector { get; init; }

    /// <summary>Pods of namespaces with these labels.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Addresses.</summary>
    public IPBlock? IpBlock { get; init; }
}

/// <summary>A range of addresses, without some of them.</summary>
public sealed record IPBlock : ApiRecord
{
    /// <summary>The range.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Cidr { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Ranges inside it that are left out.</summary>
    public ValueList<string> Except { get; init; }
}
