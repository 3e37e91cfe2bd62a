using KubeLab.Api.Storage;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How volume attachments are stored.</summary>
public sealed class VolumeAttachmentStrategy : KindStrategy<VolumeAttachment>
{
    /// <inheritdoc/>
    protected override void Validate(VolumeAttachment obj, FieldErrors errors) => StorageDriverValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(VolumeAttachment obj, VolumeAttachment old, FieldErrors errors) => StorageDriverValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override VolumeAttachment PrepareForCreate(VolumeAttachment obj) => obj with { Status = new() };

    /// <inheritdoc/>
    protected override VolumeAttachment PrepareForUpdate(VolumeAttachment obj, VolumeAttachment old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override VolumeAttachment PrepareForStatusUpdate(VolumeAttachment obj, VolumeAttachment old) => obj with { Spec = old.Spec };
}
