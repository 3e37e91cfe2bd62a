using System.Text;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Http;

namespace KubeLab.Tests.ApiServer.Authentication;

/// <summary>Tokens of service accounts: asked for, shown, and outlived.</summary>
public sealed class ServiceAccountTokensTests
{
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";
    private readonly FrontRig rig = new();

    public ServiceAccountTokensTests() => rig.Created(Accounts, "{metadata: {name: robot}}");

    [Fact]
    public void A_token_proves_its_account_until_it_ends()
    {
        var answer = Request("{}");
        Assert.Equal((3600L, "2026-01-01T01:00:00Z"), ((long)answer["spec"]!["expirationSeconds"]!, (string?)answer["status"]!["expirationTimestamp"]));
        var token = (string)answer["status"]!["token"]!;
        Assert.Equal(
            """["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]""",
            WhoAmI(token)["status"]!["userInfo"]!["groups"]!.ToJsonString());
        Assert.Equal(403, Send(token, "GET", FrontRig.Pods, "").Code);
        rig.Clock.RunFor(TimeSpan.FromMinutes(59));
        Assert.Equal("system:serviceaccount:default:robot", (string?)WhoAmI(token)["status"]!["userInfo"]!["username"]);
        rig.Clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(401, Send(token, "GET", "/api", "").Code);
    }

    [Fact]
    public void A_token_says_what_upstreams_say()
    {
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(((string)Request("{}")["status"]!["token"]!).Split('.')[1]))!;
        Assert.Equal(
            ("https://kubernetes.default.svc.cluster.local", "system:serviceaccount:default:robot", "default", "robot"),
            ((string?)claims["iss"], (string?)claims["sub"], (string?)claims["kubernetes.io"]!["namespace"], (string?)claims["kubernetes.io"]!["serviceaccount"]!["name"]));
    }

    [Fact]
    public void A_token_ends_with_its_account()
    {
        var token = (string)Request("{}")["status"]!["token"]!;
        rig.Json("DELETE", $"{Accounts}/robot");
        rig.Created(Accounts, "{metadata: {name: robot}}");
        Assert.Equal(401, Send(token, "GET", "/api", "").Code);
    }

    [Fact]
    public void A_token_that_was_tampered_with_proves_nobody()
    {
        var parts = ((string)Request("{}")["status"]!["token"]!).Split('.');
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("robot", "admin", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        Assert.Equal(401, Send(string.Join('.', parts), "GET", "/api", "").Code);
        Assert.Equal(401, Send("nonsense", "GET", "/api", "").Code);
    }

    [Theory]
    [InlineData("{spec: {expirationSeconds: 60}}", "spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes")]
    [InlineData("{spec: {expirationSeconds: 5000000000}}", "spec.expirationSeconds: Invalid value: 5000000000: may not specify a duration larger than 2^32 seconds")]
    public void A_token_lives_neither_too_short_nor_too_long(string body, string message) => Assert.Equal(
        (422, $"TokenRequest.authentication.k8s.io \"\" is invalid: {message}"), rig.Refused($"{Accounts}/robot/token", body));

    [Fact]
    public void A_review_says_whom_a_token_proves_and_for_whom_it_is()
    {
        var token = (string)Request("{spec: {audiences: [store]}}")["status"]!["token"]!;
        Assert.Equal(401, Send(token, "GET", "/api", "").Code);
        const string Reviews = "/apis/authentication.k8s.io/v1/tokenreviews";
        var review = rig.Created(Reviews, $"{{spec: {{token: {token}, audiences: [store, other]}}}}");
        Assert.True((bool)review["status"]!["authenticated"]!);
        Assert.Equal("""["store"]""", review["status"]!["audiences"]!.ToJsonString());
        Assert.StartsWith("[invalid bearer token, ", (string?)rig.Created(Reviews, $"{{spec: {{token: {token}}}}}")["status"]!["error"], StringComparison.Ordinal);
        Assert.Equal((400, "token is required for TokenReview in authentication"), rig.Refused(Reviews, "{}"));
    }

    private JsonNode Request(string body) => rig.Created($"{Accounts}/robot/token", body);

    private JsonNode WhoAmI(string token) => JsonNode.Parse(Send(token, "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}").Body.Span)!;

    private ApiResponse Send(string token, string method, string path, string body) => rig.Front.Handle(new ApiRequest
    {
        Method = method,
        Path = path,
        Body = Encoding.UTF8.GetBytes(body),
        ContentType = body.Length == 0 ? null : "application/json",
        User = Identities.Anonymous,
        BearerToken = token,
    });
}
