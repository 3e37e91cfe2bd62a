using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.Http;
using KubeLab.Simulated;
using KubeLab.Simulation;
using KubeLab.Testing.Fuzzing;

namespace KubeLab.Tests.ApiServer.Fuzzing;

/// <summary>One round of fuzzing: a small living cluster, a number of requests, and what has to hold after each.</summary>
internal sealed class FuzzedCluster : IDisposable
{
    /// <summary>More than a request may allocate on its way, however it is built: a small multiple of what it brings and of what it reads.</summary>
    private const long BytesMax = 400L << 20;

    private const long RevisionMax = 20_000;
    private const int ItemsMax = 200;

    private readonly SimulatedCluster cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
    private readonly HttpFront front;
    private readonly IReadOnlyList<FuzzTarget> targets;
    private readonly FuzzedRequests requests;
    private readonly string name;

    public FuzzedCluster(int seed, int round)
    {
        name = string.Create(CultureInfo.InvariantCulture, $"{seed}:{round}");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        front = new HttpFront(cluster.Server, cluster.Clock);
        targets = FuzzTarget.Discover(path => JsonNode.Parse(Send(new ApiRequest { Method = "GET", Path = path }).Body.Span)!.AsObject());
        requests = new FuzzedRequests(new Randomness(seed).For(round.ToString(CultureInfo.InvariantCulture)), targets, Find);
    }

    /// <summary>How many requests were answered with each code.</summary>
    public SortedDictionary<int, int> Codes { get; } = [];

    /// <summary>What did not hold, each with the round and the request.</summary>
    public List<FuzzFailure> Failures { get; } = [];

    /// <summary>Sends <paramref name="count"/> requests and looks at what they left behind.</summary>
    public void Run(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var request = requests.Next();
            Try(i, request, () => Check(request));
            if (i % 10 == 9)
            {
                // Controllers and kubelets meet what was stored.
                Try(i, request, () => cluster.RunFor(TimeSpan.FromSeconds(7)));

                // Somebody has asked for millions of pods, and gets them as fast as a real cluster would make them.
                if (long.Parse(cluster.Server.ResourceVersion, CultureInfo.InvariantCulture) > RevisionMax)
                {
                    break;
                }
            }
        }

        foreach (var target in targets)
        {
            CheckStored(target);
        }
    }

    public void Dispose() => cluster.Dispose();

    private void Check(ApiRequest request)
    {
        var before = cluster.Server.ResourceVersion;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var answer = Send(request);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, BytesMax);
        Codes[answer.Code] = Codes.GetValueOrDefault(answer.Code) + 1;
        var mayWrite = request.Method is "POST" or "PUT" or "PATCH" or "DELETE" && answer.Code < 400;
        if (!mayWrite)
        {
            Assert.Equal(before, cluster.Server.ResourceVersion);
        }

        if (answer.Code >= 400)
        {
            CheckRefusal(answer);
        }
        else if (answer is { Watch: null, ContentType: "application/json", Body.Length: > 0 })
        {
            using var _ = JsonDocument.Parse(answer.Body);
        }

        answer.Watch?.ReadBy(line => JsonDocument.Parse(line).Dispose(), () => { });
        answer.Watch?.Dispose();
    }

    private static void CheckRefusal(ApiResponse answer)
    {
        if (answer.ContentType.StartsWith("text/plain", StringComparison.Ordinal))
        {
            Assert.Equal((404, "404 page not found\n"), (answer.Code, FrontRig.Text(answer)));
            return;
        }

        var status = JsonNode.Parse(answer.Body.Span)!;
        Assert.Equal(("Status", "v1", "Failure", answer.Code), ((string?)status["kind"], (string?)status["apiVersion"], (string?)status["status"], (int)status["code"]!));
        var message = (string?)status["message"];
        Assert.False(string.IsNullOrEmpty(message));

        // Upstream answers a version that is no number with 500, without a reason, and a service behind which nobody is with 503; everything else that a client may
        // do wrong is its own error.
        var isUpstreams = message.Contains("resourceVersion", StringComparison.Ordinal) || message.StartsWith("no endpoints available for service ", StringComparison.Ordinal);
        Assert.True(answer.Code < 500 || isUpstreams || answer.Code == 504, $"{answer.Code} {message}");
    }

    /// <summary>Whatever was let in can be listed in every form, and sent back as it is without changing anything.</summary>
    private void CheckStored(FuzzTarget target)
    {
        var all = target.Collection("x").Replace("/namespaces/x", "", StringComparison.Ordinal);
        var list = Send(new ApiRequest { Method = "GET", Path = all });
        if (list.Code == 405)
        {
            // Reviews are answered and not stored.
            return;
        }

        foreach (var accept in new[] { null, "application/json;as=Table;v=v1;g=meta.k8s.io", "application/yaml" })
        {
            Checked(new ApiRequest { Method = "GET", Path = all, Accept = accept });
        }

        if (cluster.Server.Resources.FindKind(target.ApiVersion, target.Kind) is { IsStored: false })
        {
            // What shows the objects of another kind may write them down in another order; health cannot be written at all.
            return;
        }

        foreach (var item in JsonNode.Parse(list.Body.Span)!["items"]!.AsArray().Take(ItemsMax))
        {
            var metadata = item!["metadata"]!;
            item["apiVersion"] = target.ApiVersion;
            item["kind"] = target.Kind;
            var path = $"{target.Collection((string?)metadata["namespace"] ?? "")}/{Uri.EscapeDataString((string)metadata["name"]!)}";
            var body = Encoding.UTF8.GetBytes(item.ToJsonString());
            var before = cluster.Server.ResourceVersion;
            Checked(new ApiRequest { Method = "PUT", Path = path, Body = body, ContentType = "application/json", Query = "fieldValidation=Strict" });
            if (before != cluster.Server.ResourceVersion)
            {
                Failures.Add(new($"sent back as it was, it changed to {Find(path)?.ToJsonString()}", name, -1, new ApiRequest { Method = "PUT", Path = path, Body = body }));
            }
        }
    }

    private void Checked(ApiRequest request) => Try(-1, request, () =>
    {
        var answer = Send(request);
        Assert.True(answer.Code == 200, answer.Code == 200 ? null : $"{answer.Code} {FrontRig.Text(answer)}");
    });

    private void Try(int index, ApiRequest request, Action act)
    {
        try
        {
            act();
        }
        catch (Exception error)
        {
            Failures.Add(new($"{error.GetType().Name}: {error.Message}\n{error.StackTrace}", name, index, request));
        }
    }

    private ApiResponse Send(ApiRequest request) => front.Handle(request);

    private JsonObject? Find(string path)
    {
        var answer = Send(new ApiRequest { Method = "GET", Path = path });
        return answer.Code == 200 ? JsonNode.Parse(answer.Body.Span) as JsonObject : null;
    }
}

/// <summary>Something that must hold and did not.</summary>
/// <param name="What">What went wrong.</param>
/// <param name="Round">Which round repeats it.</param>
/// <param name="Index">The request's place in the round; -1 for the look at what is stored.</param>
/// <param name="Request">The request.</param>
internal sealed record FuzzFailure(string What, string Round, int Index, ApiRequest Request)
{
    public override string ToString() => $"""
        {What}
        round {Round} (LAB_FUZZ={Round} repeats it), request {Index}:
        {Request.Method} {Request.Path}?{Request.Query}
        Content-Type: {Request.ContentType}, Accept: {Request.Accept}, User-Agent: {Request.UserAgent}
        {Encoding.UTF8.GetString(Request.Body.Span)}
        {Convert.ToBase64String(Request.Body.Span)}

        """;
}
