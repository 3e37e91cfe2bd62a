using System.Net;
using KubeLab.Api.Networking;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with ingresses and their classes.</summary>
/// <remarks>Upstream: pkg/apis/networking/validation/validation.go.</remarks>
internal static class IngressValidation
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private static readonly FieldPath ClassName = FieldPath.Spec.Child("ingressClassName");
    private static readonly FieldPath Controller = FieldPath.Spec.Child("controller");
    private static readonly string[] WrongInside = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] WrongAtEnd = ["/..", "/."];

    public static void Validate(Ingress obj, FieldErrors errors)
    {
        Spec(obj.Spec, errors);
        if (obj.Metadata.Annotations[ClassAnnotation] is { } annotated && obj.Spec.IngressClassName is { } name && annotated != name)
        {
            errors.Invalid(
                FieldPath.Metadata.Child("annotations").Child(ClassAnnotation), annotated, "must match `ingressClassName` when both are specified");
        }
    }

    public static void ValidateUpdate(Ingress obj, Ingress old, FieldErrors errors)
    {
        if (!ReferenceEquals(obj.Spec, old.Spec))
        {
            Spec(obj.Spec, errors);
        }
    }

    public static void Validate(IngressClass obj, FieldErrors errors)
    {
        var controller = obj.Spec.Controller ?? "";
        if (controller.Length > 250)
        {
            errors.TooLong(Controller, 250);
        }

        NameRules.DomainPrefixedPath(errors, Controller, controller);
        if (obj.Spec.Parameters is { } parameters)
        {
            Parameters(parameters, FieldPath.Spec.Child("parameters"), errors);
        }
    }

    public static void ValidateUpdate(IngressClass obj, IngressClass old, FieldErrors errors)
    {
        if (obj.Spec.Controller != old.Spec.Controller)
        {
            errors.Invalid(Controller, obj.Spec.Controller ?? "", NameRules.Immutable);
        }

        Validate(obj, errors);
    }

    private static void Parameters(IngressClassParametersReference reference, FieldPath path, FieldErrors errors)
    {
        TypedReference(reference.ApiGroup, reference.Kind, reference.Name, path, errors);
        switch (reference.Scope)
        {
            case null or "":
                errors.Required(path.Child("scope"));
                break;
            case "Namespace" when string.IsNullOrEmpty(reference.Namespace):
                errors.Required(path.Child("namespace"), "`parameters.scope` is set to 'Namespace'");
                break;
            case "Namespace":
                errors.InvalidAll(path.Child("namespace"), reference.Namespace, LabelNames.DnsLabelErrors(reference.Namespace));
                break;
            case "Cluster" when reference.Namespace is not null:
                errors.Forbidden(path.Child("namespace"), "`parameters.scope` is set to 'Cluster'");
                break;
            case "Cluster":
                break;
            default:
                errors.NotSupported(path.Child("scope"), reference.Scope, "Cluster", "Namespace");
                break;
        }
    }

    private static void Spec(IngressSpec spec, FieldErrors errors)
    {
        if (spec.Rules.IsEmpty && spec.DefaultBackend is null)
        {
            errors.Invalid(FieldPath.Spec, spec.Rules, "either `defaultBackend` or `rules` must be specified");
        }

        if (spec.DefaultBackend is { } backend)
        {
            Backend(backend, FieldPath.Spec.Child("defaultBackend"), errors);
        }

        for (var i = 0; i < spec.Rules.Count; i++)
        {
            Rule(spec.Rules[i], FieldPath.Spec.Child("rules").Index(i), errors);
        }

        for (var i = 0; i < spec.Tls.Count; i++)
        {
            Certificate(spec.Tls[i], FieldPath.Spec.Child("tls").Index(i), errors);
        }

        if (spec.IngressClassName is { } name)
        {
            errors.InvalidAll(ClassName, name, LabelNames.SubdomainErrors(name));
        }
    }

    private static void Certificate(IngressTLS tls, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < tls.Hosts.Count; i++)
        {
            errors.InvalidAll(path.Child("hosts").Index(i), tls.Hosts[i], HostErrors(tls.Hosts[i]));
        }

        if (!string.IsNullOrEmpty(tls.SecretName))
        {
            errors.InvalidAll(path.Child("secretName"), tls.SecretName, LabelNames.SubdomainErrors(tls.SecretName));
        }
    }

    private static void Rule(IngressRule rule, FieldPath path, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(rule.Host))
        {
            if (IPAddress.TryParse(rule.Host, out _))
            {
                errors.Invalid(path.Child("host"), rule.Host, "must be a DNS name, not an IP address");
            }

            errors.InvalidAll(path.Child("host"), rule.Host, HostErrors(rule.Host));
        }

        if (rule.Http is not { } http)
        {
            return;
        }

        var paths = path.Child("http").Child("paths");
        if (http.Paths.IsEmpty)
        {
            errors.Required(paths);
        }

        for (var i = 0; i < http.Paths.Count; i++)
        {
            Path(http.Paths[i], paths.Index(i), errors);
        }
    }

    private static void Path(HTTPIngressPath target, FieldPath path, FieldErrors errors)
    {
        var text = target.Path ?? "";
        switch (target.PathType)
        {
            case null:
                errors.Required(path.Child("pathType"), "pathType must be specified");
                return;
            case "Exact" or "Prefix":
                Strict(text, path.Child("path"), errors);
                break;
            case "ImplementationSpecific" when text.Length > 0 && text[0] != '/':
                errors.Invalid(path.Child("path"), text, "must be an absolute path");
                break;
            case "ImplementationSpecific":
                break;
            default:
                errors.NotSupported(path.Child("pathType"), target.PathType, "Exact", "ImplementationSpecific", "Prefix");
                break;
        }

        Backend(target.Backend ?? new(), path.Child("backend"), errors);
    }

    private static void Strict(string text, FieldPath path, FieldErrors errors)
    {
        if (!text.StartsWith('/'))
        {
            errors.Invalid(path, text, "must be an absolute path");
        }

        foreach (var wrong in WrongInside.Where(w => text.Contains(w, StringComparison.Ordinal)))
        {
            errors.Invalid(path, text, $"must not contain '{wrong}'");
        }

        foreach (var wrong in WrongAtEnd.Where(w => text.EndsWith(w, StringComparison.Ordinal)))
        {
            errors.Invalid(path, text, $"cannot end with '{wrong}'");
        }
    }

    private static void Backend(IngressBackend backend, FieldPath path, FieldErrors errors)
    {
        switch (backend)
        {
            case { Resource: not null, Service: not null }:
                errors.Invalid(path, "", "cannot set both resource and service backends");
                break;
            case { Resource: { } resource }:
                TypedReference(resource.ApiGroup, resource.Kind, resource.Name, path.Child("resource"), errors);
                break;
            case { Service: { } service }:
                Service(service, path, errors);
                break;
            default:
                errors.Invalid(path, "", "resource or service backend is required");
                break;
        }
    }

    private static void Service(IngressServiceBackend service, FieldPath path, FieldErrors errors)
    {
        var at = path.Child("service");
        if (service.Name.Length == 0)
        {
            errors.Required(at.Child("name"));
        }
        else
        {
            errors.InvalidAll(at.Child("name"), service.Name, NameRules.ServiceNameErrors(service.Name));
        }

        switch (service.Port)
        {
            case { Name.Length: > 0, Number: not 0 }:
                errors.Invalid(path, "", "cannot set both port name & port number");
                break;
            case { Name: { Length: > 0 } name }:
                errors.InvalidAll(at.Child("port").Child("name"), name, NameRules.PortNameErrors(name));
                break;
            case { Number: not 0 and var number }:
                errors.Port(at.Child("port").Child("number"), number);
                break;
            default:
                errors.Required(path, "port name or number is required");
                break;
        }
    }

    private static void TypedReference(string? apiGroup, string kind, string name, FieldPath path, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(apiGroup))
        {
            errors.InvalidAll(path.Child("apiGroup"), apiGroup, LabelNames.SubdomainErrors(apiGroup));
        }

        Segment(kind, path.Child("kind"), errors);
        Segment(name, path.Child("name"), errors);
    }

    private static void Segment(string text, FieldPath path, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.InvalidAll(path, text, NameRules.PathSegmentErrors(text));
        }
    }

    private static IReadOnlyList<string> HostErrors(string host) =>
        host.Contains('*', StringComparison.Ordinal) ? NameRules.WildcardErrors(host) : LabelNames.SubdomainErrors(host);
}
