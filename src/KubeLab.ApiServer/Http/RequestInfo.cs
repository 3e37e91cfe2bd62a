using KubeLab.Api.Authentication;
using KubeLab.ApiServer.Authorization;

namespace KubeLab.ApiServer.Http;

/// <summary>What a request wants to do, in the words of authorization.</summary>
/// <remarks>Upstream: apiserver/pkg/endpoints/request/requestinfo.go.</remarks>
internal static class RequestInfo
{
    public static RequestAttributes Of(ApiRequest request, UserInfo user, RequestPath? path, RequestQuery query)
    {
        if (path is null)
        {
            return new RequestAttributes { User = user, Verb = request.Method.ToLowerInvariant(), Path = request.Path };
        }

        // A namespace lies in itself: a role in it may allow to read it.
        var ns = path.Namespace ?? (path is { Group: "", Plural: "namespaces", Name: { } itself } ? itself : "");
        return new RequestAttributes
        {
            User = user,
            Verb = Verb(request.Method, path, query),
            Group = path.Group,
            Resource = path.Plural,
            Subresource = path.Subresource ?? "",
            Namespace = ns,
            Name = path.Name ?? Selected(request.Method, query),
        };
    }

    private static string Verb(string method, RequestPath path, RequestQuery query) => method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => path.Name is null ? "deletecollection" : "delete",
        "GET" or "HEAD" when query.Is("watch") && path.Subresource is null => "watch",
        "GET" or "HEAD" => path.Name is null ? "list" : "get",
        _ => method.ToLowerInvariant(),
    };

    // Who lists one object by its name asks for no more than that object.
    private static string Selected(string method, RequestQuery query) =>
        method is "GET" or "HEAD" or "DELETE" && query["fieldSelector"] is { } fields
        && fields.Split(',').Select(f => f.Split('=', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(f => f is ["metadata.name", _]) is [_, var name]
            ? name
            : "";
}
