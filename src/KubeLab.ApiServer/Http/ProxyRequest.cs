using System.Text;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Tables;

namespace KubeLab.ApiServer.Http;

/// <summary>A request that the server passes on: to a pod, to a pod behind a service, or to a kubelet.</summary>
/// <param name="Kind"><c>pods</c>, <c>services</c> or <c>nodes</c>.</param>
/// <param name="Namespace">The namespace; empty for nodes.</param>
/// <param name="Id">The name, perhaps with a scheme before and a port behind it.</param>
/// <param name="Path">What is asked for there.</param>
internal sealed record ProxyRequest(string Kind, string Namespace, string Id, string Path)
{
    private const string Marker = "/proxy";

    /// <summary>Reads a path; null when it asks for no proxy.</summary>
    public static ProxyRequest? Read(string[] parts, string path) => parts switch
    {
        ["api", "v1", "namespaces", var ns, "pods" or "services", var id, "proxy", ..] => new(parts[4], ns, id, Rest(path)),
        ["api", "v1", "nodes", var id, "proxy", ..] => new("nodes", "", id, Rest(path)),
        _ => null,
    };

    public ApiResponse Answer(ApiServer server, ServerConnection api, ApiRequest request)
    {
        var question = new WebQuestion(request.Method, Uri.UnescapeDataString(Path), request.Query);
        return Kind switch
        {
            "pods" => Pass(server.Proxy.AskPod(api, Namespace, Id, question)),
            "services" => Pass(server.Proxy.AskService(api, Namespace, Id, question)),
            _ => AskNode(api, question),
        };
    }

    // Of the kubelet's own pages those are there that need nothing but what the node object says.
    private ApiResponse AskNode(ServerConnection api, WebQuestion question)
    {
        var node = (Node)api.Get(Node.Resource, new ObjectKey("", Id.Split(':')[0]));
        return question.Path.TrimEnd('/') switch
        {
            "/healthz" => node.Status.Conditions.Exists(c => c is { Type: "Ready", Status: "True" })
                ? HttpFront.Text("ok")
                : throw ApiErrors.Internal($"error trying to reach service: dial tcp {Id}:10250: i/o timeout"),
            "/pods" => new ApiResponse
            {
                Code = 200,
                Body = JsonBody.Of(json => new AnswerWriter(Pod.Resource, TablePrinter.Of(Pod.Resource), AnswerForm.Object, null, () => default)
                    .List(json, api.List(Pod.Resource, null, new ListOptions { FieldSelector = $"spec.nodeName={node.Metadata.Name}" }))),
            },
            _ => HttpFront.NoSuchPath(),
        };
    }

    private static ApiResponse Pass(WebAnswer answer) =>
        new() { Code = answer.Code, ContentType = answer.ContentType, Body = Encoding.UTF8.GetBytes(answer.Body) };

    private static string Rest(string path) => path[(path.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..] is { Length: > 0 } rest ? rest : "/";
}
