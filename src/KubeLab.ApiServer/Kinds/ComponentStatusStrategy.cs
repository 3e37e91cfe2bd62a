using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How the health of components is told: it can only be read.</summary>
public sealed class ComponentStatusStrategy : KindStrategy<ComponentStatus>
{
    /// <inheritdoc/>
    public override bool IsStored => false;

    /// <inheritdoc/>
    public override string? DeprecationWarning => "v1 ComponentStatus is deprecated in v1.19+";
}
