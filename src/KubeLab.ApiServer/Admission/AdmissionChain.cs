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
internal readonly record struct AdmissionRequest(ObjectStore Store, RegistryContext Context, Operation Operation, IApiObject Object, IApiObject? Old);

/// <summary>One check between the request and validation: it returns the object, changed if need be, or refuses it.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/">Admission controllers</seealso>
internal interface IAdmissionPlugin
{
    IApiObject Admit(in AdmissionRequest request);
}

/// <summary>The plugins in their order.</summary>
internal sealed class AdmissionChain(params IAdmissionPlugin[] plugins)
{
    /// <summary>Those that upstream enables by default and that the lab's kinds need.</summary>
    public static AdmissionChain Standard() => new(new NamespaceLifecycle(), new Priority(), new DefaultTolerationSeconds());

    public IApiObject Admit(in AdmissionRequest request)
    {
        var obj = request.Object;
        foreach (var plugin in plugins)
        {
            obj = plugin.Admit(request with { Object = obj });
        }

        return obj;
    }
}
