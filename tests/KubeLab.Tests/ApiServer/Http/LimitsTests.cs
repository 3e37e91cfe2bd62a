using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Tests.ApiServer.Http;

/// <summary>Bodies made to be expensive are answered soon, and take no more memory than their size explains.</summary>
public sealed class LimitsTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";
    private const string JsonPatch = "application/json-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Merge = "application/merge-patch+json";
    private const string Apply = "application/apply-patch+yaml";

    /// <summary>As much as a body can hold, or enough to tell from the time what grows with the square of it.</summary>
    private static readonly int Many = Environment.GetEnvironmentVariable("LAB_LONG") == "1" ? 90_000 : 30_000;
    private FrontRig rig = new();

    [Theory]
    [InlineData(Json, "exceeded max depth")]
    [InlineData(Yaml, "exceeded max depth")]
    public void Nesting_without_end_is_refused(string type, string message)
    {
        foreach (var body in new[] { new string('[', 3_000_000), Repeat("{\"a\":", 500_000), "{\"data\":" + Repeat("{\"a\":", 600) + "1" + new string('}', 601) })
        {
            var (code, answer) = Send("POST", Maps, body, type);
            Assert.Equal(400, code);
            Assert.Contains(message, (string)answer["message"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(JsonPatch)]
    [InlineData(Strategic)]
    [InlineData(Merge)]
    [InlineData(Apply)]
    public void Nesting_without_end_is_refused_in_patches(string type)
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        foreach (var body in new[] { new string('[', 3_000_000), "{\"data\":" + Repeat("{\"a\":", 450) + "1" + new string('}', 451) })
        {
            Assert.InRange(Send("PATCH", $"{Maps}/m?fieldManager=f", body, type).Code, 400, 422);
        }
    }

    [Fact]
    public void A_patch_that_nests_what_is_there_ever_deeper_is_refused()
    {
        rig.Created(Maps, "{metadata: {name: m}, data: {a: b}}");
        var patch = In("[…]", Each("""{"op":"copy","from":"/data","path":"/data/a"}""", 400));
        var (code, _) = Send("PATCH", Maps + "/m", patch, JsonPatch);
        Assert.Equal(422, code);
        patch = $"[{string.Join(',', Enumerable.Range(0, 600).Select(i => In("""{"op":"add","path":"/x…","value":{}}""", Repeat("/a", i))))}]";
        (code, var body) = Send("PATCH", Maps + "/m", patch, JsonPatch);
        Assert.Equal((400, "exceeded max depth"), (code, (string)body["message"]!));
    }

    [Fact]
    public void A_patch_of_copies_of_copies_is_refused_before_it_fills_the_memory()
    {
        rig.Created(Maps, "{metadata: {name: m}, data: {a: '" + new string('x', 1000) + "'}}");
        var patch = In("[…]", Each("""{"op":"copy","from":"/data","path":"/data/c#"}""", 60));
        var (code, body) = Send("PATCH", Maps + "/m", patch, JsonPatch);
        Assert.Equal(422, code);
        Assert.Matches("Unable to complete the copy, the accumulated size increase of copy is \\d+, exceeding the limit 3145728$", (string)body["message"]!);
    }

    [Fact]
    public void A_patch_holds_ten_thousand_operations_at_most()
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        Assert.Equal(200, Send("PATCH", Maps + "/m", Operations(10_000), JsonPatch).Code);
        var (code, body) = Send("PATCH", Maps + "/m", Operations(10_001), JsonPatch);
        Assert.Equal((413, "RequestEntityTooLarge"), (code, (string)body["reason"]!));
        Assert.Equal("Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001", (string)body["message"]!);
        static string Operations(int count) => In("[…]", Each("""{"op":"add","path":"/data","value":{}}""", count));
    }

    [Theory]
    [InlineData(Json)]
    [InlineData("application/vnd.kubernetes.protobuf")]
    public void A_body_over_the_limit_is_refused(string type)
    {
        var (code, body) = Send("POST", Maps, new string(' ', (3 * 1024 * 1024) + 1), type);
        Assert.Equal((413, "Request entity too large: limit is 3145728"), (code, (string)body["message"]!));
    }

    [Theory]
    [InlineData("PATCH", "/m?fieldManager=f", Apply)]
    [InlineData("PATCH", "/m", Merge)]
    [InlineData("DELETE", "/m", Json)]
    public void A_patch_or_a_delete_over_the_limit_is_refused(string method, string path, string type)
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        Assert.Equal(413, Send(method, Maps + path, new string(' ', (3 * 1024 * 1024) + 1), type).Code);
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var (code, body) = Send("POST", Maps, bomb.ToString(), Yaml);
        Assert.Equal(400, code);
        Assert.Contains("document contains excessive aliasing", (string)body["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_unknown_fields_a_hundred_are_named()
    {
        var body = In("""{"metadata":{"name":"m"},…}""", Each("\"f#\":1"));
        var answer = rig.Send("POST", Maps + "?fieldValidation=Warn", body);
        Assert.Equal((201, 100), (answer.Code, answer.Warnings.Count));
        var (code, _) = Send("POST", Maps + "?fieldValidation=Strict", body, Json);
        Assert.Equal(400, code);
    }

    /// <summary>What has many parts: answered somehow, in seconds on the slowest machine.</summary>
    [Fact]
    public void Many_parts_are_answered_soon()
    {
        var failures = new List<string>();
        foreach (var (name, method, path, type, body) in Large())
        {
            Assert.True(body.Length <= 3 * 1024 * 1024, $"{name}: {body.Length}");
            rig = new FrontRig();
            rig.Created(Maps, "{metadata: {name: m}, data: {a: b}}");
            rig.Created(FrontRig.Deployments, Defaulting.DefaultingTests.Web);
            try
            {
                Send(method, path, body, type);
            }
            catch (Exception error)
            {
                failures.Add($"{name}: {error.Message}\n{error.StackTrace}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static Cases Large()
    {
        static string Pod(string container, string rest = "") =>
            In("""{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"x"…}]""", container) + rest + "}}";
        const string Template = """{"spec":{"template":{"spec":{…}}}}""";
        var web = FrontRig.Deployments + "/web";
        var containers = Each("""{"name":"c#","image":"x"}""");
        var names = Each("""{"name":"c#"}""");
        var pairs = Each("\"k#\":\"x\"");
        return new()
        {
            { "containers", "POST", FrontRig.Pods, Json, In("""{"metadata":{"name":"p"},"spec":{"containers":[…]}}""", containers) },
            { "same containers", "POST", FrontRig.Pods, Json, In("""{"metadata":{"name":"p"},"spec":{"containers":[…]}}""", Each("""{"name":"c","image":"x"}""")) },
            { "ports", "POST", FrontRig.Pods, Json, Pod(In(""","ports":[…]""", Each("""{"containerPort":#}""", Many * 2 / 3))) },
            { "env", "POST", FrontRig.Pods, Json, Pod(In(""","env":[…]""", Each("""{"name":"E#"}"""))) },
            { "volumes", "POST", FrontRig.Pods, Json, Pod("", In(""","volumes":[…]""", Each("""{"name":"v#"}"""))) },
            { "tolerations", "POST", FrontRig.Pods, Json, Pod("", In(""","tolerations":[…]""", Each("{}"))) },
            { "labels", "POST", Maps, Json, In("""{"metadata":{"name":"n","labels":{…}}}""", pairs) },
            { "same labels", "POST", Maps, Json, In("""{"metadata":{"name":"n","labels":{…}}}""", Each("\"l\":\"x\"")) },
            { "data", "POST", Maps, Json, In("""{"metadata":{"name":"n"},"data":{…}}""", pairs) },
            { "finalizers", "POST", Maps, Json, In("""{"metadata":{"name":"n","finalizers":[…]}}""", Each("\"f#\"")) },
            { "owners", "POST", Maps, Json, In("""{"metadata":{"name":"n","ownerReferences":[…]}}""", Each("""{"controller":true}""")) },
            { "managed fields", "PUT", Maps + "/m", Json, In("""{"metadata":{"name":"m","managedFields":[…]}}""", Each("""{"manager":"#","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1"}""", Many / 3)) },
            { "yaml map", "POST", Maps, Yaml, "metadata: {name: n}\ndata:\n" + Each("  k#: x\n", between: "") },
            { "yaml flow", "POST", Maps, Yaml, In("metadata: {name: n}\ndata: {…}", Each("k#: x", between: ", ")) },
            { "yaml same keys", "POST", Maps, Yaml, "metadata: {name: n}\ndata:\n" + Each("  k: x\n", between: "") },
            { "yaml one line", "POST", Maps, Yaml, new string('a', 3_000_000) },
            { "yaml quotes", "POST", Maps, Yaml, In("a: \"…\"", new string('\n', 3_000_000)) },
            { "yaml dashes", "POST", Maps, Yaml, new string('-', 3_000_000) },
            { "yaml lists in lists", "POST", Maps, Yaml, Repeat("- ", 1_500_000) },
            { "yaml questions", "POST", Maps, Yaml, Repeat("? ", 1_500_000) },
            { "yaml colons", "POST", Maps, Yaml, Repeat(": ", 1_500_000) },
            { "yaml documents", "POST", Maps, Yaml, Repeat("---\na: b\n", 300_000) },
            { "yaml anchors", "POST", Maps, Yaml, Each("a#: &a# 1\n", between: "") },
            { "yaml directives", "POST", Maps, Yaml, Repeat("%TAG ! x\n", 300_000) },
            { "yaml comments", "POST", Maps, Yaml, Repeat("#\n", 1_500_000) },
            { "strategic list", "PATCH", web, Strategic, In(Template, In("\"containers\":[…]", containers)) },
            { "strategic order", "PATCH", web, Strategic, In(Template, In("\"$setElementOrder/containers\":[…]", names)) },
            { "strategic both", "PATCH", web, Strategic, In(Template, In("\"$setElementOrder/containers\":[…],\"containers\":[…]", names)) },
            { "strategic finalizers", "PATCH", Maps + "/m", Strategic, In("""{"metadata":{"finalizers":[…]}}""", Each("\"a/f#\"")) },
            { "merge", "PATCH", Maps + "/m", Merge, In("""{"data":{…}}""", pairs) },
            { "merge same", "PATCH", Maps + "/m", Merge, In("""{"data":{…}}""", Each("\"k\":\"x\"")) },
            { "apply list", "PATCH", web + "?fieldManager=f&force=true", Apply, In("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"template":{"spec":{"containers":[…]}}}}""", Each("""{"name":"c#","image":"x"}""", Many / 3)) },
            { "apply data", "PATCH", Maps + "/m?fieldManager=f", Apply, In("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"},"data":{…}}""", pairs) },
            { "operations", "PATCH", Maps + "/m", JsonPatch, In("[…]", Each("""{"op":"add","path":"/data/k#","value":"x"}""", 10_000)) },
            { "moves", "PATCH", Maps + "/m", JsonPatch, In("[…]", Each("""{"op":"move","from":"/data","path":"/x"},{"op":"move","from":"/x","path":"/data"}""", 5_000)) },
            { "inserts", "PATCH", Maps + "/m", JsonPatch, In("""[{"op":"add","path":"/x","value":[]},…]""", Each("""{"op":"add","path":"/x/0","value":{}}""", 9_999)) },
            { "selector", "GET", In(Maps + "?labelSelector=a in (…)", Each("v#")), Json, "" },
            { "requirements", "GET", In(Maps + "?labelSelector=…", Each("k#=v")), Json, "" },
            { "fields", "GET", In(Maps + "?fieldSelector=…", Each("metadata.name=v")), Json, "" },
            { "parameters", "GET", In(Maps + "?…", Each("p#=v", between: "&")), Json, "" },
            { "number", "POST", Maps, Json, In("""{"metadata":{"name":"n","generation":…}}""", new string('9', 2_000_000)) },
            { "quantity", "POST", FrontRig.Pods, Json, Pod(In(""","resources":{"requests":{"cpu":"…"}}""", new string('9', 1_000_000))) },
            { "fraction", "POST", FrontRig.Pods, Json, Pod(In(""","resources":{"requests":{"cpu":"0.…"}}""", new string('9', 1_000_000))) },
            { "exponent", "POST", FrontRig.Pods, Json, Pod(""","resources":{"requests":{"cpu":"1e999999999"}}""") },
            { "small exponent", "POST", FrontRig.Pods, Json, Pod(""","resources":{"requests":{"cpu":"1e-999999999"}}""") },
            { "long name", "POST", Maps, Json, In("""{"metadata":{"name":"…"}}""", new string('a', 3_000_000)) },
            { "dotted name", "POST", Maps, Json, In("""{"metadata":{"name":"…"}}""", Repeat("a.", 1_400_000)) },
            { "dashed name", "POST", Maps, Json, In("""{"metadata":{"name":"…"}}""", Repeat("a-", 1_400_000)) },
            { "escapes", "POST", Maps, Json, In("""{"metadata":{"name":"n"},"data":{"a":"…"}}""", Repeat("\\ud800", 450_000)) },
            { "cron", "POST", "/apis/batch/v1/namespaces/default/cronjobs", Json, In("""{"metadata":{"name":"n"},"spec":{"schedule":"… * * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"x"}]}}}}}}""", Each("0-59/1")) },
            { "service ports", "POST", "/api/v1/namespaces/default/services", Json, In("""{"metadata":{"name":"n"},"spec":{"ports":[…]}}""", Each("""{"name":"p#","port":#}""", Many * 2 / 3)) },
        };
    }

    private static string In(string whole, string part) => whole.Replace("…", part, StringComparison.Ordinal);

    private static string Each(string part, int? count = null, string between = ",") =>
        string.Join(between, Enumerable.Range(0, count ?? Many).Select(i => part.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private (int Code, JsonNode Body) Send(string method, string path, string body, string type)
    {
        var before = rig.Server.ResourceVersion;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var time = Stopwatch.StartNew();
        var (code, answer) = rig.Json(method, path, body, type);
        Assert.True(time.Elapsed < TimeSpan.FromMinutes(1), $"it took {time.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 2L << 30);
        Assert.True(code is >= 200 and < 500, answer.ToJsonString()[..Math.Min(400, answer.ToJsonString().Length)]);
        if (code >= 400)
        {
            Assert.Equal(before, rig.Server.ResourceVersion);
            Assert.Equal(code, (int)answer["code"]!);
        }

        return (code, answer);
    }

    private sealed class Cases : List<(string Name, string Method, string Path, string Type, string Body)>
    {
        public void Add(string name, string method, string path, string type, string body) => Add((name, method, path, type, body));
    }
}
