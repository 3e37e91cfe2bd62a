using KubeLab.Api.Apps;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How controller revisions are stored.</summary>
public sealed class ControllerRevisionStrategy : KindStrategy<ControllerRevision>
{
    /// <inheritdoc/>
    protected override void Validate(ControllerRevision obj, FieldErrors errors) => RevisionValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ControllerRevision obj, ControllerRevision old, FieldErrors errors) =>
        RevisionValidation.ValidateUpdate(obj, old, errors);
}
