using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Http;

/// <summary>The verbs over HTTP: against a real cluster through sockets, against a simulated one through its in-memory handler.</summary>
/// <remarks>
/// Whatever the server refuses is an <see cref="ApiException"/> with its status; a server that cannot be reached is one with code 503.
/// </remarks>
public sealed class HttpKubernetesApi : IKubernetesApi, IDisposable
{
    private readonly HttpMessageInvoker http;
    private readonly Uri server;
    private readonly VirtualClock clock;
    private readonly string userAgent;

    /// <summary>Makes a client.</summary>
    /// <param name="handler">The transport; it is disposed with the client.</param>
    /// <param name="server">Where the server is, for example <c>https://127.0.0.1:6443</c>.</param>
    /// <param name="clock">On whose thread watches are told.</param>
    /// <param name="userAgent">Who it says it is; the part before the slash is its field manager.</param>
    public HttpKubernetesApi(HttpMessageHandler handler, Uri server, VirtualClock clock, string userAgent = "kubelab/0.1")
    {
        http = new HttpMessageInvoker(handler);
        this.server = server;
        this.clock = clock;
        this.userAgent = userAgent;
    }

    /// <summary>When a watch is to be ended by the server unless its options say so; null leaves it open. Whoever reads it opens another.</summary>
    public TimeSpan? WatchTimeout { get; init; }

    /// <summary>
    /// Whether the clock goes by the wall, so that what a watch tells happens at the instant at which it came, also when the clock is run later.
    /// </summary>
    public bool IsWallTimed { get; init; }

    /// <inheritdoc/>
    public IApiObject Get(ApiResource resource, ObjectKey key) => One(resource, HttpMethod.Get, PathOf(resource, key));

    /// <inheritdoc/>
    public IApiObject? Find(ApiResource resource, ObjectKey key)
    {
        try
        {
            return Get(resource, key);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ObjectList List(ApiResource resource, string? ns, ListOptions options)
    {
        using var answer = Parse(Ask(HttpMethod.Get, resource.Path(ns) + QueryText.Of(options, watch: false)));
        return Readable(() => Bodies.ReadList(answer.RootElement, resource));
    }

    /// <inheritdoc/>
    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options)
    {
        var path = resource.Path(obj.Metadata.Namespace) + QueryText.Of(options, isPatch: false);
        return One(resource, HttpMethod.Post, path, Json(Bodies.Write(obj)), options.OnWarning);
    }

    /// <inheritdoc/>
    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options)
    {
        var path = PathOf(resource, ObjectKey.Of(obj), options.Subresource) + QueryText.Of(options, isPatch: false);
        return One(resource, HttpMethod.Put, path, Json(Bodies.Write(obj)), options.OnWarning);
    }

    /// <inheritdoc/>
    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options)
    {
        var type = patch.Type switch
        {
            PatchType.Json => "application/json-patch+json",
            PatchType.Merge => "application/merge-patch+json",
            PatchType.Strategic => "application/strategic-merge-patch+json",
            _ => "application/apply-patch+yaml",
        };
        var path = PathOf(resource, key, options.Subresource) + QueryText.Of(options, isPatch: true);
        return One(resource, HttpMethod.Patch, path, Content(Encoding.UTF8.GetBytes(patch.Body.ToJsonString()), type), options.OnWarning);
    }

    /// <inheritdoc/>
    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options)
    {
        using var answer = Parse(Ask(HttpMethod.Delete, PathOf(resource, key), Json(Bodies.Write(options))));
        var kind = answer.RootElement.TryGetProperty("kind", out var text) ? text.GetString() : null;
        return kind == "Status" ? null : Readable(() => Bodies.Read(answer.RootElement, resource));
    }

    /// <inheritdoc/>
    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) =>
        Ask(HttpMethod.Post, PathOf(resource, key, subresource), Json(Bodies.Write(body)));

    /// <inheritdoc/>
    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource) =>
        One(resource, HttpMethod.Get, PathOf(resource, key, subresource));

    /// <inheritdoc/>
    public string Log(ObjectKey pod, LogOptions options) => Encoding.UTF8.GetString(
        Ask(HttpMethod.Get, PathOf(Api.Core.Pod.Resource, pod, "log") + QueryText.Of(options)));

    /// <inheritdoc/>
    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink)
    {
        var limited = options.Timeout is null ? options with { Timeout = WatchTimeout } : options;
        var response = Send(HttpMethod.Get, resource.Path(ns) + QueryText.Of(limited, watch: true), null, "application/json");
        Check(response);
        return HttpWatch.Begin(resource, sink, clock, response, IsWallTimed);
    }

    /// <summary>Sends any request and returns what the server says, whatever it says.</summary>
    /// <exception cref="ApiException">ServiceUnavailable (503): the server cannot be reached.</exception>
    public RawResponse Send(RawRequest request)
    {
        var content = request.Body is null ? null : Content(Encoding.UTF8.GetBytes(request.Body), request.ContentType);
        using var response = Send(new HttpMethod(request.Method), request.Path, content, request.Accept, request.IsSentOnce);
        return new RawResponse((int)response.StatusCode, Encoding.UTF8.GetString(Bytes(response)), WarningHeaders.Of(response));
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string PathOf(ApiResource resource, ObjectKey key, string? subresource = null) =>
        resource.Path(key.Namespace, Uri.EscapeDataString(key.Name), subresource);

    private static ByteArrayContent Json(byte[] body) => Content(body, "application/json");

    private static ByteArrayContent Content(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    private IApiObject One(ApiResource resource, HttpMethod method, string path, HttpContent? content = null, Action<string>? warn = null)
    {
        using var answer = Parse(Ask(method, path, content, warn));
        return Readable(() => Bodies.Read(answer.RootElement, resource));
    }

    // A real server may be newer than the records: what they cannot hold is an error in words.
    private static T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Unreadable(e);
        }
    }

    private static ApiException Unreadable(Exception problem) =>
        new(new Status { State = "Failure", Code = 500, Reason = "InternalError", Message = $"the server's answer cannot be read: {problem.Message}" });

    private byte[] Ask(HttpMethod method, string path, HttpContent? content = null, Action<string>? warn = null)
    {
        using var response = Send(method, path, content, "application/json");
        Check(response);
        foreach (var warning in WarningHeaders.Of(response))
        {
            warn?.Invoke(warning);
        }

        return Bytes(response);
    }

    private HttpResponseMessage Send(HttpMethod method, string path, HttpContent? content, string accept, bool isSentOnce = false)
    {
        using var request = new HttpRequestMessage(method, ServerAddress.With(server, path)) { Content = content };
        request.Options.Set(RetryHandler.Once, isSentOnce);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        try
        {
            return http.Send(request, CancellationToken.None);
        }
        catch (Exception e) when (ConnectionProblem.Is(e))
        {
            throw Unreachable(e);
        }
    }

    private ApiException Unreachable(Exception problem) => new(new Status
    {
        State = "Failure",
        Code = 503,
        Reason = "ServiceUnavailable",
        Message = $"Unable to connect to the server: {ConnectionProblem.Of(problem, server)}",
    });

    private void Check(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            var status = Bodies.ReadStatus((int)response.StatusCode, Bytes(response));
            response.Dispose();
            throw new ApiException(status);
        }
    }

    private byte[] Bytes(HttpResponseMessage response)
    {
        try
        {
            using var copy = new MemoryStream();
            response.Content.ReadAsStream().CopyTo(copy);
            return copy.ToArray();
        }
        catch (Exception e) when (ConnectionProblem.Is(e))
        {
            throw Unreachable(e);
        }
    }
}
