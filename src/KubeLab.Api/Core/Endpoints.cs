using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>The addresses behind a service, all in one object, as clients knew them before endpoint slices.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/service/#endpoints">Endpoints</seealso>
public sealed record Endpoints : ApiRecord, IApiObject<Endpoints>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "endpoints", "Endpoints", true, "ep");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Endpoints";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Addresses, grouped by the ports that they offer.</summary>
    public ValueList<EndpointSubset> Subsets { get; init; }

    /// <inheritdoc/>
    public Endpoints WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Addresses that offer the same ports.</summary>
public sealed record EndpointSubset : ApiRecord
{
    /// <summary>Those that are ready.</summary>
    public ValueList<EndpointAddress> Addresses { get; init; }

    /// <summary>Those that are not.</summary>
    public ValueList<EndpointAddress> NotReadyAddresses { get; init; }

    /// <summary>The ports.</summary>
    public ValueList<EndpointsPort> Ports { get; init; }
}

/// <summary>One address.</summary>
public sealed record EndpointAddress : ApiRecord
{
    /// <summary>The address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Ip { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its name in the service's domain.</summary>
    public string? Hostname { get; init; }

    /// <summary>The node.</summary>
    public string? NodeName { get; init; }

    /// <summary>The pod.</summary>
    public ObjectReference? TargetRef { get; init; }
}

/// <summary>One port.</summary>
public sealed record EndpointsPort : ApiRecord
{
    /// <summary>The name of the service's port.</summary>
    public string? Name { get; init; }

    /// <summary>The number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Port { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>What is spoken on it.</summary>
    public string? AppProtocol { get; init; }
}
