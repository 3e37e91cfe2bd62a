using System.Text;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Api.Yaml;
using KubeLab.ApiServer.Authorization;
using KubeLab.ApiServer.OpenApi;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Http;

/// <summary>The Kubernetes API as paths, headers and bytes: it reads a request, calls the server's verbs, and writes the answer.</summary>
/// <remarks>It knows no transport and belongs to the clock's thread: a socket front posts each request to the clock.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</seealso>
public sealed class HttpFront : IApiFront
{
    private readonly ApiServer server;
    private readonly VirtualClock clock;
    private readonly Discovery discovery;
    private readonly OpenApiDocuments openApi;
    private readonly Func<ApiRequest, Func<ApiResponse>, ApiResponse>? onWrite;
    private readonly HealthChecks health;

    /// <summary>Makes the front of <paramref name="server"/>; ages in tables are by <paramref name="clock"/>.</summary>
    /// <param name="server">What answers.</param>
    /// <param name="clock">The cluster's time.</param>
    /// <param name="onWrite">Called in place of the answer to a request that may change something, with how to get it; null when nobody wants to know.</param>
    public HttpFront(ApiServer server, VirtualClock clock, Func<ApiRequest, Func<ApiResponse>, ApiResponse>? onWrite = null)
    {
        this.server = server;
        this.clock = clock;
        this.onWrite = onWrite;
        discovery = new Discovery(server.Resources, new AggregatedMetrics(() => server.Adapter));
        openApi = new OpenApiDocuments(server.Resources);
        health = new HealthChecks(server, () => IsStopping);
    }

    /// <inheritdoc/>
    public bool IsStopping { get; set; }

    /// <inheritdoc/>
    public bool IsUp => server.IsUp;

    /// <inheritdoc/>
    public ApiResponse Handle(ApiRequest request)
    {
        try
        {
            return onWrite is null || request.Method is "GET" or "HEAD" ? Answer(request) : onWrite(request, () => Answer(request));
        }
        catch (ApiException refusal)
        {
            return Refuse(refusal.Status);
        }
    }

    private ApiResponse Answer(ApiRequest request)
    {
        try
        {
            var query = new RequestQuery(request.Query);
            request = Authorize(request, query);
            if (request.Path.StartsWith("/openapi/", StringComparison.Ordinal))
            {
                // Its media types are its own.
                return IfChanged(request, openApi.Answer(RequestPath.Parts(request.Path), query, request.Accept));
            }

            var (form, yaml) = MediaType.Negotiate(request.Accept);
            var response = IfChanged(request, Answer(request, query, form));
            return yaml && response is { Watch: null, Stream: null, ContentType: "application/json" } ? AsYaml(response) : response;
        }
        catch (ApiException refusal)
        {
            return Refuse(refusal.Status);
        }
    }

    /// <summary>Finds out who asks, as whom, and whether that one may; the request goes on as that one's.</summary>
    private ApiRequest Authorize(ApiRequest request, RequestQuery query)
    {
        var user = request.BearerToken is { } token ? server.Tokens.Read(token).User ?? throw Unauthorized : request.User;
        if (request.Impersonation is { } wish)
        {
            user = Impersonating.Become(server.Authorizer, user, wish);
        }

        server.Authorizer.Require(RequestInfo.Of(request, user, RequestPath.Read(RequestPath.Parts(request.Path)), query));
        return request with { User = user };
    }

    private ApiResponse Answer(ApiRequest request, RequestQuery query, AnswerForm form)
    {
        var parts = RequestPath.Parts(request.Path);
        if (ProxyRequest.Read(parts, request.Path) is { } passed)
        {
            return passed.Answer(server, server.ConnectAs(request.User), request);
        }

        if (MetricsRequest.Read(parts) is { } measured && server.Adapter is { } adapter && discovery.Serves(measured.Group, measured.Version))
        {
            return measured.Answer(adapter, request, query);
        }

        if (RequestPath.Read(parts) is { } path)
        {
            return server.Resources.Find(path.Group, path.Version, path.Plural) is { } kind
                ? new ResourceRequest(server.ConnectAs(request.User), server.Authorizer, kind, path, request, query, form, () => clock.Now).Answer()
                : NoSuchPath();
        }

        return request.Method is "GET" or "HEAD" ? Document(request, parts, form) : NoSuchPath();
    }

    private static ApiException Unauthorized => new(new() { State = "Failure", Code = 401, Reason = "Unauthorized", Message = "Unauthorized" });

    private ApiResponse Document(ApiRequest request, string[] parts, AnswerForm form) => parts switch
    {
        ["healthz" or "readyz" or "livez", ..] => health.Answer(parts, request.Query),
        ["version"] => Json(Version),
        ["api"] when form is AnswerForm.Discovery or AnswerForm.DiscoveryBeta => Aggregated(core: true, form),
        ["apis"] when form is AnswerForm.Discovery or AnswerForm.DiscoveryBeta => Aggregated(core: false, form),
        ["api"] => Json(json => Discovery.CoreVersions(json, server.Address)),
        ["apis"] => Json(discovery.Groups),
        ["api", var version] when discovery.Serves("", version) => Json(json => discovery.Resources(json, "", version)),
        ["apis", var group] when discovery.Serves(group, null) => Json(json => discovery.Group(json, group)),
        ["apis", var group, var version] when discovery.Serves(group, version) => Json(json => discovery.Resources(json, group, version)),
        _ => NoSuchPath(),
    };

    private ApiResponse Aggregated(bool core, AnswerForm form)
    {
        var version = form == AnswerForm.Discovery ? "v2" : "v2beta1";
        var body = JsonBody.Of(json => discovery.Aggregated(json, core, version));
        return new ApiResponse
        {
            Code = 200,
            ContentType = Discovery.AggregatedType(version),
            Body = body,
            ETag = OpenApiDocuments.Fingerprint(body),
            CacheControl = "public",
        };
    }

    private static ApiResponse IfChanged(ApiRequest request, ApiResponse response)
    {
        var isKnown = response is { Code: 200, ETag: { } tag } && request.IfNoneMatch is { } known
            && known.Split(',', StringSplitOptions.TrimEntries).Any(k => k == tag || k == "*" || k == $"W/{tag}");
        return isKnown ? response with { Code = 304, Body = default } : response;
    }

    internal static ApiResponse Json(Action<Utf8JsonWriter> write) => new() { Code = 200, Body = JsonBody.Of(write) };

    internal static ApiResponse Text(string text) => new() { Code = 200, ContentType = "text/plain", Body = Encoding.UTF8.GetBytes(text) };

    /// <summary>What upstream's multiplexer says; clients turn it into "the server could not find the requested resource".</summary>
    internal static ApiResponse NoSuchPath() => new()
    {
        Code = 404,
        ContentType = "text/plain; charset=utf-8",
        Body = "404 page not found\n"u8.ToArray(),
    };

    /// <summary>The answer that carries a refusal.</summary>
    public static ApiResponse Refuse(Status status) => new()
    {
        Code = status.Code == 0 ? 500 : status.Code,
        RetryAfterSeconds = status.Details?.RetryAfterSeconds ?? 0,
        Body = JsonBody.Of(json => JsonBody.Write(json, status)),
    };

    private static ApiResponse AsYaml(ApiResponse response) => response with
    {
        ContentType = "application/yaml",
        Body = Encoding.UTF8.GetBytes(Yaml.Write(System.Text.Json.Nodes.JsonNode.Parse(response.Body.Span, documentOptions: new JsonDocumentOptions { MaxDepth = ApiJson.DepthMax }))),
    };

    private static void Version(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("major", "1");
        json.WriteString("minor", "33");
        json.WriteString("gitVersion", "v1.33.0+kubelab");

        // Client libraries insist on every field. The date is the one that upstream gives to a build that names none.
        json.WriteString("gitCommit", "unknown");
        json.WriteString("gitTreeState", "clean");
        json.WriteString("buildDate", "1970-01-01T00:00:00Z");
        json.WriteString("goVersion", "none");
        json.WriteString("compiler", "csc");
        json.WriteString("platform", "linux/amd64");
        json.WriteEndObject();
    }
}
