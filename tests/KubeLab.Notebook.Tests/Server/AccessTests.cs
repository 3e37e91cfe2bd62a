using System.Net;
using System.Net.WebSockets;

namespace KubeLab.Notebook.Tests.Server;

public sealed class AccessTests(ServedLab lab) : IClassFixture<ServedLab>
{
    private string Origin => lab.Server.Address.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData("GET", "/api/status")]
    [InlineData("GET", "/api/me")]
    [InlineData("GET", "/api/kernelspecs")]
    [InlineData("GET", "/api/kernels")]
    [InlineData("POST", "/api/kernels")]
    [InlineData("GET", "/api/kernels/x/channels")]
    [InlineData("POST", "/api/sessions")]
    [InlineData("GET", "/api/contents/")]
    [InlineData("PUT", "/api/contents/a.txt")]
    [InlineData("GET", "/files/a.txt")]
    [InlineData("GET", "/lab/api/episodes")]
    [InlineData("PUT", "/lab/api/progress")]
    [InlineData("GET", "/lab/clusters")]
    [InlineData("GET", "/lab/clusters/x/y/api/v1/pods")]
    [InlineData("GET", "/nothing/here")]
    public async Task Without_a_token_or_with_a_wrong_one_nothing_is_answered(string method, string path)
    {
        string[][] tries =
        [
            [], ["Authorization: token wrong"], ["Authorization: Bearer "], [$"Authorization: Basic {lab.Token}"], [$"Authorization: {lab.Token}"], [$"Cookie: token={lab.Token}"],
        ];
        foreach (var headers in tries)
        {
            Assert.Equal(403, (await RawRequest.SendAsync(lab, method, path, headers)).Status);
        }

        Assert.Equal(403, (await RawRequest.SendAsync(lab, method, path + "?token=wrong")).Status);
        Assert.Equal(403, (await RawRequest.SendAsync(lab, method, path + "?token=")).Status);
        Assert.Equal(403, (await RawRequest.SendAsync(lab, method, path + $"?token={lab.Token}x")).Status);
    }

    [Theory]
    [InlineData("token {0}", "")]
    [InlineData("Token {0}", "")]
    [InlineData("bearer {0}", "")]
    [InlineData("Bearer  {0} ", "")]
    [InlineData(null, "?token={0}")]
    public async Task A_program_shows_the_token_and_needs_no_more(string? header, string query)
    {
        string[] headers = header is null ? [] : ["Authorization: " + header.Replace("{0}", lab.Token, StringComparison.Ordinal)];
        var address = "/api/contents/" + query.Replace("{0}", lab.Token, StringComparison.Ordinal);

        Assert.Equal(200, (await RawRequest.SendAsync(lab, "GET", address, headers)).Status);
        Assert.Equal(201, (await RawRequest.SendAsync(lab, "POST", address, [.. headers, "Origin: https://elsewhere.example"])).Status);
    }

    [Fact]
    public async Task The_version_is_open_to_all_as_in_Jupyter_Server()
    {
        using var client = lab.Client();

        Assert.Contains("\"version\"", await client.GetStringAsync("/api"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_shows_the_token_gets_cookies_and_leaves_the_token_behind()
    {
        using var client = lab.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/?token={lab.Token}");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.All(cookies, cookie => Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.DoesNotContain(lab.Token, cookie, StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("kubelab-", StringComparison.Ordinal) && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(cookies, cookie => cookie.StartsWith("_xsrf=", StringComparison.Ordinal) && !cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));

        using var wrong = await client.GetAsync("/?token=wrong");
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        Assert.Contains("The lab wants to know you", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_cookie_a_page_reads_and_writes_only_with_the_other_cookie_in_a_header()
    {
        var (cookie, xsrf) = await CookiesAsync();

        Assert.Equal(200, await StatusAsync("GET", cookie));
        Assert.Equal(403, await StatusAsync("POST", cookie));
        Assert.Equal(403, await StatusAsync("POST", cookie, "X-XSRFToken: wrong"));
        Assert.Equal(403, await StatusAsync("POST", cookie, "X-XSRFToken: "));
        Assert.Equal(201, await StatusAsync("POST", cookie, $"X-XSRFToken: {xsrf}"));
        Assert.Equal(201, await StatusAsync("POST", cookie, $"X-XSRFToken: {xsrf}", $"Origin: {Origin}", "Sec-Fetch-Site: same-origin"));
    }

    [Fact]
    public async Task Another_pages_request_is_refused_though_the_browser_adds_the_cookie()
    {
        var (cookie, xsrf) = await CookiesAsync();
        string[] foreign = ["Origin: https://evil.example", "Origin: null", $"Origin: http://localhost:{lab.Server.Address.Port + 1}", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"];

        foreach (var header in foreign)
        {
            Assert.Equal(403, await StatusAsync("GET", cookie, header));
            Assert.Equal(403, await StatusAsync("POST", cookie, $"X-XSRFToken: {xsrf}", header));
        }

        Assert.Equal(403, (await RawRequest.SendAsync(lab, "GET", "/api/contents/?token=wrong", cookie)).Status);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("192.168.0.1", 403)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    public async Task A_name_that_is_not_the_labs_is_refused_also_with_the_token(string host, int status)
    {
        var header = $"Host: {host}:{lab.Server.Address.Port}";

        Assert.Equal(status, (await RawRequest.SendAsync(lab, "GET", "/api/status", header, $"Authorization: token {lab.Token}")).Status);
        Assert.Equal(status, (await RawRequest.SendAsync(lab, "GET", "/", header)).Status);
        Assert.Equal(status, (await RawRequest.SendAsync(lab, "GET", "/api", header)).Status);
    }

    /// <summary>404 is the answer to who may come in: there is no such kernel.</summary>
    [Fact]
    public async Task A_socket_by_cookie_must_come_from_the_labs_own_page()
    {
        var (cookie, _) = await CookiesAsync();

        Assert.Equal(403, await SocketStatusAsync(cookie, null));
        Assert.Equal(403, await SocketStatusAsync(cookie, "https://evil.example"));
        Assert.Equal(404, await SocketStatusAsync(cookie, Origin));
        Assert.Equal(403, await SocketStatusAsync(null, Origin));
        Assert.Equal(404, await SocketStatusAsync(null, "https://elsewhere.example", $"?token={lab.Token}"));
        Assert.Equal(404, await SocketStatusAsync(null, null, $"?token={lab.Token}"));
    }

    [Fact]
    public async Task Pages_of_other_origins_read_answers_only_to_what_they_asked_with_the_token()
    {
        using var client = lab.Client();
        using var open = await client.SendAsync(From("/api/status"));
        Assert.False(open.Headers.Contains("Access-Control-Allow-Origin"));

        using var shown = await client.SendAsync(From($"/api/status?token={lab.Token}"));
        Assert.Equal("https://elsewhere.example", shown.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(shown.Headers.Contains("Access-Control-Allow-Credentials"));

        using var asked = await client.SendAsync(From("/api/contents/", HttpMethod.Options));
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Contains("PUT", asked.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);

        static HttpRequestMessage From(string path, HttpMethod? method = null) =>
            new(method ?? HttpMethod.Get, path) { Headers = { { "Origin", "https://elsewhere.example" } } };
    }

    private async Task<(string Cookie, string Xsrf)> CookiesAsync()
    {
        using var client = lab.Client();
        using var answer = await client.GetAsync($"/?token={lab.Token}");
        var pairs = answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).ToList();
        return ("Cookie: " + string.Join("; ", pairs), pairs.Single(pair => pair.StartsWith("_xsrf=", StringComparison.Ordinal))["_xsrf=".Length..]);
    }

    private async Task<int> StatusAsync(string method, params string[] headers) => (await RawRequest.SendAsync(lab, method, "/api/contents/", headers)).Status;

    private async Task<int> SocketStatusAsync(string? cookie, string? origin, string query = "")
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in new[] { ("Cookie", cookie?["Cookie: ".Length..]), ("Origin", origin) })
        {
            if (value is not null)
            {
                socket.Options.SetRequestHeader(name, value);
            }
        }

        var address = new UriBuilder(lab.Server.Address) { Scheme = "ws", Path = "/api/kernels/none/channels", Query = query }.Uri;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        return (int)socket.HttpStatusCode;
    }
}
