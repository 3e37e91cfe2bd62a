using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Api.Authentication;
using KubeLab.Api.Verbs;
using KubeLab.Api.Yaml;
using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Http;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Tests.ApiServer;

/// <summary>A server behind its HTTP front, asked in JSON or YAML and answering in JSON.</summary>
internal sealed class FrontRig
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public FrontRig(KubeLab.ApiServer.ApiServerOptions? options = null)
    {
        Clock = new VirtualClock(Start);
        Etcd = EtcdCluster.OfOne(Clock);
        Server = new KubeLab.ApiServer.ApiServer(Clock, new Randomness(7), Etcd, options);
        Front = new HttpFront(Server, Clock);
    }

    public VirtualClock Clock { get; }

    public RaftEtcd Etcd { get; }

    public KubeLab.ApiServer.ApiServer Server { get; }

    public HttpFront Front { get; }

    public IKubernetesApi Direct => Server.ConnectAs("test");

    /// <summary>Who asks.</summary>
    public UserInfo User { get; set; } = Identities.Administrator;

    public const string Pods = "/api/v1/namespaces/default/pods";

    public const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    public ApiResponse Send(string method, string path, string? body = null, string? type = null, string? accept = null)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return Front.Handle(new ApiRequest
        {
            Method = method,
            Path = mark < 0 ? path : path[..mark],
            Query = mark < 0 ? "" : path[(mark + 1)..],
            Body = Encoding.UTF8.GetBytes(body ?? ""),
            ContentType = type ?? (body is null ? null : "application/json"),
            Accept = accept,
            UserAgent = "kubectl/v1.33.0",
            User = User,
        });
    }

    public (int Code, JsonNode Body) Json(string method, string path, string? body = null, string? type = null, string? accept = null)
    {
        var answer = Send(method, path, body, type, accept);
        return (answer.Code, JsonNode.Parse(answer.Body.Span)!);
    }

    /// <summary>Creates from YAML and expects it to be refused; returns code and message.</summary>
    public (int Code, string Message) Refused(string path, string yaml)
    {
        var (code, body) = Json("POST", path, AsJson(yaml));
        Assert.Equal("Failure", (string?)body["status"]);
        return (code, (string)body["message"]!);
    }

    /// <summary>Creates from YAML and expects it to be stored.</summary>
    public JsonNode Created(string path, string yaml)
    {
        var (code, body) = Json("POST", path, AsJson(yaml));
        Assert.True(code == 201, body.ToJsonString());
        return body;
    }

    public static string Text(ApiResponse answer) => Encoding.UTF8.GetString(answer.Body.Span);

    public static string AsJson(string yaml) => Yaml.Read(yaml)!.ToJsonString();
}
