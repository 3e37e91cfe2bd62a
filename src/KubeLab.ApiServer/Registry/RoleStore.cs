using KubeLab.Api;
using KubeLab.ApiServer.Authorization;

namespace KubeLab.ApiServer.Registry;

/// <summary>Roles and bindings: nobody gives more than he has.</summary>
internal sealed class RoleStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    private readonly EscalationCheck check = new(context.Authorizer);

    /// <inheritdoc/>
    protected override void Authorize(IApiObject obj, IApiObject? old, in WriteRequest request)
    {
        if (request.IsAuthorized)
        {
            check.Require(request.User, obj, old);
        }
    }
}
