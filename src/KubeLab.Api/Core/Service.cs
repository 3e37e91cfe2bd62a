using System.Text.Json.Serialization;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>A stable name and address for the pods that a selector finds.</summary>
public sealed record Service : ApiRecord, IApiObject<Service>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "services", "Service", true, "svc", "all", "status,proxy");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Service";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the user asks for.</summary>
    public ServiceSpec Spec { get => field ?? ServiceSpec.Empty; init => field = value == ServiceSpec.Empty ? null : value; }

    /// <summary>What the cloud reports.</summary>
    public ServiceStatus? Status { get; init; }

    /// <inheritdoc/>
    public Service WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What the user asks for in a service.</summary>
public sealed record ServiceSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ServiceSpec Empty { get; } = new();

    /// <summary>The ports it offers.</summary>
    [MergeKey("port")]
    public ValueList<ServicePort> Ports { get; init; }

    /// <summary>The labels of its pods.</summary>
    public StringMap Selector { get; init; }

    /// <summary>Its address; <c>None</c> for a headless one.</summary>
    public string? ClusterIP { get; init; }

    /// <summary>Its addresses, one per family.</summary>
    public ValueList<string> ClusterIPs { get; init; }

    /// <summary><c>ClusterIP</c>, <c>NodePort</c>, <c>LoadBalancer</c> or <c>ExternalName</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Further addresses.</summary>
    public ValueList<string> ExternalIPs { get; init; }

    /// <summary><c>None</c> or <c>ClientIP</c>.</summary>
    public string? SessionAffinity { get; init; }

    /// <summary>How long a client stays with its pod.</summary>
    public OpaqueObject? SessionAffinityConfig { get; init; }

    /// <summary>The address asked of the cloud.</summary>
    public string? LoadBalancerIP { get; init; }

    /// <summary>Who may reach it.</summary>
    public ValueList<string> LoadBalancerSourceRanges { get; init; }

    /// <summary>The name it stands for.</summary>
    public string? ExternalName { get; init; }

    /// <summary><c>Cluster</c> or <c>Local</c>.</summary>
    public string? ExternalTrafficPolicy { get; init; }

    /// <summary><c>Cluster</c> or <c>Local</c>.</summary>
    public string? InternalTrafficPolicy { get; init; }

    /// <summary>Where the cloud asks a node about local pods.</summary>
    public int? HealthCheckNodePort { get; init; }

    /// <summary>Whether pods that are not ready count too.</summary>
    public bool PublishNotReadyAddresses { get; init; }

    /// <summary><c>IPv4</c>, <c>IPv6</c>.</summary>
    public ValueList<string> IpFamilies { get; init; }

    /// <summary><c>SingleStack</c>, <c>PreferDualStack</c> or <c>RequireDualStack</c>.</summary>
    public string? IpFamilyPolicy { get; init; }

    /// <summary>Whether a load balancer's service gets node ports.</summary>
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    /// <summary>Who makes the load balancer.</summary>
    public string? LoadBalancerClass { get; init; }

    /// <summary>Which pods are preferred.</summary>
    public string? TrafficDistribution { get; init; }
}

/// <summary>A port that a service offers.</summary>
public sealed record ServicePort : ApiRecord
{
    /// <summary>Needed when there are several.</summary>
    public string? Name { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>What is spoken on it.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>The port of the service.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Port { get; init; }

    /// <summary>The port of the pods, by number or name.</summary>
    public IntOrString TargetPort { get; init; }

    /// <summary>The port on every node, 30000 to 32767.</summary>
    public int? NodePort { get; init; }
}

/// <summary>What the cloud reports about a service.</summary>
public sealed record ServiceStatus : ApiRecord
{
    /// <summary>Where the world reaches it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public LoadBalancerStatus? LoadBalancer { get; init; }

    /// <summary>Its conditions.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}

/// <summary>Where the world reaches a service.</summary>
public sealed record LoadBalancerStatus : ApiRecord
{
    /// <summary>The addresses.</summary>
    public ValueList<LoadBalancerIngress> Ingress { get; init; }
}

/// <summary>One address of a load balancer.</summary>
public sealed record LoadBalancerIngress : ApiRecord
{
    /// <summary>The address.</summary>
    public string? Ip { get; init; }

    /// <summary>The name.</summary>
    public string? Hostname { get; init; }

    /// <summary>How traffic reaches the service.</summary>
    public string? IpMode { get; init; }
}
