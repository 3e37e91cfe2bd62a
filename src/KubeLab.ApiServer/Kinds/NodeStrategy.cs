using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How nodes are stored.</summary>
public sealed class NodeStrategy : KindStrategy<Node>
{
    /// <summary>A node may be created with a status: kubelets register so.</summary>
    protected override Node PrepareForCreate(Node obj) => obj;

    /// <inheritdoc/>
    protected override Node PrepareForUpdate(Node obj, Node old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Node PrepareForStatusUpdate(Node obj, Node old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override void Validate(Node obj, FieldErrors errors) => PlainKindValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Node obj, Node old, FieldErrors errors) => PlainKindValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override bool TryGetField(Node obj, string path, out string value)
    {
        value = path is "spec.unschedulable" ? (obj.Spec.Unschedulable ? "true" : "false") : null!;
        return value is not null;
    }
}
