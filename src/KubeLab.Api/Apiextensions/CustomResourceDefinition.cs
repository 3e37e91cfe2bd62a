using KubeLab.Api.Meta;

namespace KubeLab.Api.Apiextensions;

/// <summary>A kind of a user's own: once it is there, the server serves objects of it as it serves pods.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/">
/// Custom resource definitions</seealso>
public sealed record CustomResourceDefinition : ApiRecord, IApiObject<CustomResourceDefinition>
{
    /// <summary>The finalizer that stays until all objects of the kind are gone.</summary>
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named(
        "apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition", false, "crd,crds", "api-extensions", "status");

    /// <inheritdoc/>
    public string ApiVersion => "apiextensions.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "CustomResourceDefinition";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the kind is to be.</summary>
    public CustomResourceDefinitionSpec Spec
    {
        get => field ?? CustomResourceDefinitionSpec.Empty;
        init => field = value == CustomResourceDefinitionSpec.Empty ? null : value;
    }

    /// <summary>What became of it.</summary>
    public CustomResourceDefinitionStatus Status
    {
        get => field ?? CustomResourceDefinitionStatus.Empty;
        init => field = value == CustomResourceDefinitionStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public CustomResourceDefinition WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
