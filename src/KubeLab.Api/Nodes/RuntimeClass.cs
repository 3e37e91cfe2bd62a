using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Nodes;

/// <summary>A way to run containers, by the name that nodes know it by.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/containers/runtime-class/">Runtime class</seealso>
public sealed record RuntimeClass : ApiRecord, IApiObject<RuntimeClass>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("node.k8s.io/v1", "runtimeclasses", "RuntimeClass", false);

    /// <inheritdoc/>
    public string ApiVersion => "node.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "RuntimeClass";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The configuration of the node's container runtime.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Handler { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What its pods need besides their containers.</summary>
    public RuntimeOverhead? Overhead { get; init; }

    /// <summary>Which nodes know it.</summary>
    public RuntimeScheduling? Scheduling { get; init; }

    /// <inheritdoc/>
    public RuntimeClass WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What pods need besides their containers.</summary>
public sealed record RuntimeOverhead : ApiRecord
{
    /// <summary>The amounts.</summary>
    public ResourceList PodFixed { get; init; }
}

/// <summary>Which nodes can run a class.</summary>
public sealed record RuntimeScheduling : ApiRecord
{
    /// <summary>Their labels.</summary>
    public StringMap NodeSelector { get; init; }

    /// <summary>Taints that its pods tolerate.</summary>
    public ValueList<Toleration> Tolerations { get; init; }
}
