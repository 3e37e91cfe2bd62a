using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Admission;

/// <summary>New objects need a namespace that exists and is not on its way out, and three namespaces never go.</summary>
/// <remarks>Upstream: plugin/namespace/lifecycle.</remarks>
internal sealed class NamespaceLifecycle : IAdmissionPlugin
{
    private static readonly string[] Immortal = ["default", "kube-public", "kube-system"];

    /// <summary>Refuses to let go of a namespace that a cluster cannot be without.</summary>
    /// <exception cref="ApiException">Forbidden.</exception>
    public static void RequireMortal(string ns)
    {
        if (Immortal.Contains(ns, StringComparer.Ordinal))
        {
            throw ApiErrors.Forbidden(Namespace.Resource, ns, "this namespace may not be deleted");
        }
    }

    public IApiObject Admit(in AdmissionRequest request)
    {
        var resource = request.Store.Resource;
        if (request.Operation != Operation.Create || !resource.Namespaced)
        {
            return request.Object;
        }

        var metadata = request.Object.Metadata;
        var ns = metadata.Namespace!;
        var path = string.Concat(Namespace.Resource.StorePrefix, ns);
        var found = request.Context.Etcd.Get(path)?.Value as Namespace ?? throw ApiErrors.NotFound(Namespace.Resource, ns);
        return found.Status?.Phase == "Terminating" ? throw Terminating(resource, metadata, ns) : request.Object;
    }

    private static ApiException Terminating(ApiResource resource, ObjectMeta metadata, string ns)
    {
        var refusal = ApiErrors.Forbidden(
            resource,
            metadata.Name ?? "",
            $"unable to create new content in namespace {ns} because it is being terminated");
        var cause = new StatusCause
        {
            Reason = "NamespaceTerminating",
            Message = $"namespace {ns} is being terminated",
            Field = "metadata.namespace",
        };
        return new ApiException(refusal.Status with { Details = refusal.Status.Details! with { Causes = [cause] } });
    }
}
