namespace KubeLab.Notebook.Tests.Server;

/// <summary>No address leads out of the lab's folder or to what is hidden in it, however it is written.</summary>
public sealed class ClimbingTests : IClassFixture<ServedLab>
{
    private const string Secret = "what nobody may read";
    private readonly ServedLab lab;

    public ClimbingTests(ServedLab lab)
    {
        this.lab = lab;
        Directory.CreateDirectory(lab.PathOf(".hidden"));
        File.WriteAllText(lab.PathOf(".hidden/secret.txt"), Secret);
        File.WriteAllText(Outside, Secret);
        if (!OperatingSystem.IsWindows() && !File.Exists(lab.PathOf("out.txt")))
        {
            File.CreateSymbolicLink(lab.PathOf("out.txt"), Outside);
            File.CreateSymbolicLink(lab.PathOf("up"), "..");
            File.CreateSymbolicLink(lab.PathOf("hidden"), ".hidden");
            File.CreateSymbolicLink(lab.PathOf("circle"), "circle");
        }
    }

    private string Outside => lab.Folder + "-outside.txt";

    private string OutsideName => Path.GetFileName(Outside);

    [Theory]
    [InlineData("../{0}")]
    [InlineData("..%2f{0}")]
    [InlineData("..%2F{0}")]
    [InlineData("%2e%2e/{0}")]
    [InlineData("%2e%2e%2f{0}")]
    [InlineData("%252e%252e%252f{0}")]
    [InlineData("%c0%ae%c0%ae/{0}")]
    [InlineData("..\\{0}")]
    [InlineData("..%5c{0}")]
    [InlineData("a/../../{0}")]
    [InlineData("a/%2e%2e/%2e%2e/{0}")]
    [InlineData("....//{0}")]
    [InlineData("/{0}")]
    [InlineData("%2f{0}")]
    [InlineData("%00/../{0}")]
    [InlineData("out.txt")]
    [InlineData("up/{0}")]
    [InlineData("circle")]
    [InlineData("circle/a")]
    [InlineData("hidden/secret.txt")]
    [InlineData(".hidden/secret.txt")]
    [InlineData("%2ehidden/secret.txt")]
    public async Task Every_way_out_is_closed(string way)
    {
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, way, OutsideName);
        foreach (var (method, address) in ((string, string)[])
            [
                ("GET", $"/api/contents/{target}"), ("GET", $"/files/{target}"), ("GET", $"/lab/api/export/{target}"), ("DELETE", $"/api/contents/{target}"),
                ("GET", $"/api/contents/{target}/checkpoints"), ("POST", $"/api/contents/{target}/checkpoints"), ("GET", $"/assets/{target}"),
            ])
        {
            var (status, body) = await RawRequest.SendAsync(lab, method, address, $"Authorization: token {lab.Token}");

            // A name that stays in the folder may once have had kept versions: none is an answer.
            Assert.True(status is 400 or 403 or 404 || body == "[]", $"{method} {address}: {status} {body}");
            Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        }

        Assert.Equal(Secret, File.ReadAllText(Outside));
    }

    [Fact]
    public async Task What_leads_out_or_hides_is_not_listed()
    {
        File.WriteAllText(lab.PathOf("seen.txt"), "");
        var (_, folder) = await lab.AskAsync("GET", "/api/contents/");

        Assert.Equal(["seen.txt"], folder!["content"]!.AsArray().Select(entry => (string?)entry!["name"]));
    }

    [Theory]
    [InlineData("PATCH", "/api/contents/seen.txt", """{"path":"../out-of-it.txt"}""")]
    [InlineData("PATCH", "/api/contents/seen.txt", """{"path":".now-hidden"}""")]
    [InlineData("POST", "/api/contents/", """{"copy_from":"../{0}"}""")]
    [InlineData("PUT", "/api/contents/copied.txt", """{"copy_from":".hidden/secret.txt"}""")]
    [InlineData("PUT", "/api/contents/up/written.txt", """{"type":"file","format":"text","content":"x"}""")]
    [InlineData("POST", "/api/contents/up", """{"type":"file"}""")]
    public async Task Bodies_lead_out_no_more_than_addresses(string method, string address, string body)
    {
        File.WriteAllText(lab.PathOf("seen.txt"), "");
        var (status, answer) = await lab.AskAsync(method, address, System.Text.Json.Nodes.JsonNode.Parse(body.Replace("{0}", OutsideName, StringComparison.Ordinal)));

        Assert.True((int)status is 403 or 404, $"{status} {answer}");
        Assert.Contains("seen.txt", Directory.EnumerateFiles(lab.Folder).Select(Path.GetFileName));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(lab.Folder)!, "written.txt")));
    }
}
