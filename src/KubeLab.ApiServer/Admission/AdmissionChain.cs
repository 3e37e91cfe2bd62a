using KubeLab.Api;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Admission;

/// <summary>What is being done to an object.</summary>
internal enum Operation
{
    /// <summary>It is new.</summary>
    Create,

    /// <summary>It replaces another.</summary>
    Update,
}

/// <summary>A write that asks to be admitted.</summary>
/// <param name="Store">Where it is to be stored.</param>
/// <param name="Context">The server.</param>
/// <param name="Operation">What is being done.</param>
/// <param name="Object">The object, defaults filled in.</param>
/// <param name="Old">What it replaces; null when it is new.</param>
internal readonly record struct AdmissionRequest(ObjectStore Store, RegistryContext Context, Operation Operation, IApiObject Object, IApiObject? Old)
{
    /// <summary>Whether nothing may be written, not even what the object uses.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>One check between the request and validation: it returns the object, changed if need be, or refuses it.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/">Admission controllers</seealso>
internal interface IAdmissionPlugin
{
    IApiObject Admit(in AdmissionRequest request);
}

/// <summary>One check of an object as it is to be stored, after validation and right before it is: it refuses or does nothing to it.</summary>
internal interface IValidatingPlugin
{
    void Validate(in AdmissionRequest request);
}

/// <summary>The plugins in their order.</summary>
internal sealed class AdmissionChain(params IAdmissionPlugin[] plugins)
{
    /// <summary>Those that look at the object as it is to be stored; quotas come last, since they charge.</summary>
    private readonly IValidatingPlugin[] checks = [.. plugins.OfType<IValidatingPlugin>(), new Quotas()];

    /// <summary>Those that upstream enables by default and that the lab's kinds need.</summary>
    /// <param name="accounts">Gives pods the token of their service account; null leaves them without.</param>
    public static AdmissionChain Standard(ServiceAccountAdmission? accounts)
    {
        IAdmissionPlugin[] first = [new NamespaceLifecycle(), new LimitRanges()];
        IAdmissionPlugin[] last = [new Priority(), new DefaultTolerationSeconds(), new DefaultStorageClass(), new StorageInUse()];
        return new(accounts is null ? [.. first, .. last] : [.. first, accounts, .. last]);
    }

    public IApiObject Admit(in AdmissionRequest request)
    {
        var obj = request.Object;
        foreach (var plugin in plugins)
        {
            obj = plugin.Admit(request with { Object = obj });
        }

        return Webhooks.Ask(request with { Object = obj }) is { } changed ? Again(request, changed) : obj;
    }

    /// <summary>The last word on an object that is to be stored.</summary>
    public void Validate(in AdmissionRequest request)
    {
        foreach (var check in checks)
        {
            check.Validate(request);
        }
    }

    /// <summary>What a webhook changed the plugins see again, as upstream: it may have added a container that has no defaults.</summary>
    private IApiObject Again(in AdmissionRequest request, IApiObject obj)
    {
        foreach (var plugin in plugins)
        {
            obj = plugin.Admit(request with { Object = obj });
        }

        return obj;
    }
}
