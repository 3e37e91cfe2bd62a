using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Discovery;

/// <summary>A part of the addresses behind a service.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/">EndpointSlices</seealso>
public sealed record EndpointSlice : ApiRecord, IApiObject<EndpointSlice>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("discovery.k8s.io/v1", "endpointslices", "EndpointSlice", true);

    /// <inheritdoc/>
    public string ApiVersion => "discovery.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "EndpointSlice";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string AddressType { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The addresses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<Endpoint> Endpoints { get; init; }

    /// <summary>The ports that all of them offer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<EndpointPort> Ports { get; init; }

    /// <inheritdoc/>
    public EndpointSlice WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>One pod, or one address, behind a service.</summary>
public sealed record Endpoint : ApiRecord
{
    /// <summary>Its addresses; clients use the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> Addresses { get; init; }

    /// <summary>What state it is in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public EndpointConditions Conditions { get => field ?? EndpointConditions.Empty; init => field = value == EndpointConditions.Empty ? null : value; }

    /// <summary>Its name in the service's domain.</summary>
    public string? Hostname { get; init; }

    /// <summary>The pod.</summary>
    public ObjectReference? TargetRef { get; init; }

    /// <summary>Where it is, as earlier versions said it.</summary>
    public StringMap DeprecatedTopology { get; init; }

    /// <summary>The node.</summary>
    public string? NodeName { get; init; }

    /// <summary>The node's zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Who is to use it.</summary>
    public OpaqueObject? Hints { get; init; }
}

/// <summary>What state an endpoint is in.</summary>
public sealed record EndpointConditions : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static EndpointConditions Empty { get; } = new();

    /// <summary>Whether it takes new connections.</summary>
    public bool? Ready { get; init; }

    /// <summary>Whether it answers, be it on its way out or not.</summary>
    public bool? Serving { get; init; }

    /// <summary>Whether it is on its way out.</summary>
    public bool? Terminating { get; init; }
}

/// <summary>A port that endpoints offer.</summary>
public sealed record EndpointPort : ApiRecord
{
    /// <summary>The name of the service's port.</summary>
    public string? Name { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The number; absent for all.</summary>
    public int? Port { get; init; }

    /// <summary>What is spoken on it.</summary>
    public string? AppProtocol { get; init; }
}
