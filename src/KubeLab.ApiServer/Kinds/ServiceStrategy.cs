using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How services are stored.</summary>
public sealed class ServiceStrategy : KindStrategy<Service>
{
    /// <inheritdoc/>
    protected override Service PrepareForCreate(Service obj) => obj with { Status = new() { LoadBalancer = new() } };

    /// <inheritdoc/>
    protected override Service PrepareForUpdate(Service obj, Service old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override Service PrepareForStatusUpdate(Service obj, Service old) => obj with { Spec = old.Spec };
}
