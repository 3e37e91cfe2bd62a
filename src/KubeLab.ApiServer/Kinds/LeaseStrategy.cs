using KubeLab.Api.Coordination;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How leases are stored.</summary>
public sealed class LeaseStrategy : KindStrategy<Lease>
{
    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;
}
