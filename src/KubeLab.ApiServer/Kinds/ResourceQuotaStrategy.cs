using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How quotas are stored.</summary>
public sealed class ResourceQuotaStrategy : KindStrategy<ResourceQuota>
{
    /// <inheritdoc/>
    protected override void Validate(ResourceQuota obj, FieldErrors errors) => QuotaValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ResourceQuota obj, ResourceQuota old, FieldErrors errors) => QuotaValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override ResourceQuota PrepareForCreate(ResourceQuota obj) => obj with { Status = ResourceQuotaStatus.Empty };

    /// <inheritdoc/>
    protected override ResourceQuota PrepareForUpdate(ResourceQuota obj, ResourceQuota old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override ResourceQuota PrepareForStatusUpdate(ResourceQuota obj, ResourceQuota old) => obj with { Spec = old.Spec };
}
