using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Tests.Server;

public sealed class ContentsTests(ServedLab lab) : IClassFixture<ServedLab>
{
    private static readonly string[] Keys = ["name", "path", "type", "created", "last_modified", "mimetype", "content", "format", "writable", "size"];

    [Fact]
    public async Task A_notebook_is_saved_as_Jupyter_saves_it_and_read_without_loss()
    {
        var content = Notebook("var x = 1;\nx");
        content["zebra"] = 1;
        content["metadata"] = new JsonObject { ["own"] = new JsonObject { ["b"] = 1, ["a"] = "ü" } };

        var (created, model) = await lab.AskAsync("PUT", "/api/contents/loss/new.ipynb", Model("notebook", content.DeepClone()));
        var (again, _) = await lab.AskAsync("PUT", "/api/contents/loss/new.ipynb", Model("notebook", content.DeepClone()));
        var (_, read) = await lab.AskAsync("GET", "/api/contents/loss/new.ipynb");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created, again));
        Assert.Null(model!["content"]);
        Assert.True(JsonNode.DeepEquals(content, read!["content"]), read["content"]!.ToJsonString());
        var text = File.ReadAllText(lab.PathOf("loss/new.ipynb"));
        Assert.StartsWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n", text, StringComparison.Ordinal);
        Assert.Contains("   \"source\": [\n    \"var x = 1;\\n\",\n    \"x\"\n   ]", text, StringComparison.Ordinal);
        Assert.Contains("\"a\": \"ü\",\n   \"b\": 1", text, StringComparison.Ordinal);
        Assert.EndsWith(" \"zebra\": 1\n}\n", text, StringComparison.Ordinal);
    }

    /// <summary>Jupyter's own client refuses models that lack one, null or not.</summary>
    [Fact]
    public async Task Every_model_has_every_key()
    {
        File.WriteAllText(lab.PathOf("keys.txt"), "text");
        await lab.AskAsync("PUT", "/api/contents/keys.ipynb", Model("notebook", Notebook("1")));

        foreach (var path in (string[])["", "keys.txt", "keys.ipynb"])
        {
            foreach (var query in (string[])["", "?content=0"])
            {
                var (_, model) = await lab.AskAsync("GET", $"/api/contents/{path}{query}");
                Assert.Equal(Keys.Order(), model!.AsObject().Select(entry => entry.Key).Order());
                Assert.Equal(query.Length > 0, model["content"] is null);
            }
        }
    }

    [Fact]
    public async Task Text_and_bytes_come_back_as_they_were_and_bytes_are_no_text()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        await lab.AskAsync("PUT", "/api/contents/bytes.bin", Model("file", Convert.ToBase64String(bytes), "base64"));
        await lab.AskAsync("PUT", "/api/contents/text.md", Model("file", "# Ü\r\n😀", "text"));

        var (_, binary) = await lab.AskAsync("GET", "/api/contents/bytes.bin");
        var (_, text) = await lab.AskAsync("GET", "/api/contents/text.md");
        var (status, refused) = await lab.AskAsync("GET", "/api/contents/bytes.bin?type=file&format=text");

        Assert.Equal(bytes, File.ReadAllBytes(lab.PathOf("bytes.bin")));
        Assert.Equal(("base64", Convert.ToBase64String(bytes)), ((string?)binary!["format"], (string?)binary["content"]));
        Assert.Equal(("text", "# Ü\r\n😀", "text/markdown; charset=utf-8"), ((string?)text!["format"], (string?)text["content"], (string?)text["mimetype"]));
        Assert.Equal((HttpStatusCode.BadRequest, "bytes.bin is not UTF-8 encoded"), (status, (string?)refused!["message"]));
    }

    [Fact]
    public async Task Files_are_served_where_their_scripts_cannot_act()
    {
        File.WriteAllText(lab.PathOf("page.html"), "<script>alert(1)</script>");
        using var answer = await lab.Http.GetAsync("/files/page.html");

        Assert.Equal("<script>alert(1)</script>", await answer.Content.ReadAsStringAsync());
        Assert.StartsWith("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task New_files_and_copies_get_free_names()
    {
        var names = new List<string?>();
        foreach (var body in (JsonObject[])
            [
                new() { ["type"] = "notebook" }, new() { ["type"] = "notebook" }, new() { ["type"] = "directory" }, new() { ["type"] = "directory" },
                new() { ["type"] = "file", ["ext"] = ".txt" }, new() { ["copy_from"] = "free/Untitled.ipynb" }, new() { ["copy_from"] = "free/Untitled.ipynb" },
            ])
        {
            Directory.CreateDirectory(lab.PathOf("free"));
            var (status, model) = await lab.AskAsync("POST", "/api/contents/free", body);
            Assert.Equal(HttpStatusCode.Created, status);
            names.Add((string?)model!["name"]);
        }

        Assert.Equal(["Untitled.ipynb", "Untitled1.ipynb", "Untitled Folder", "Untitled Folder 1", "untitled.txt", "Untitled-Copy1.ipynb", "Untitled-Copy1-1.ipynb"], names);
        var (_, untitled) = await lab.AskAsync("GET", "/api/contents/free/Untitled.ipynb");
        Assert.Equal(4, (int?)untitled!["content"]!["nbformat"]);
    }

    [Fact]
    public async Task Renamed_files_take_their_checkpoints_along_and_replace_no_other()
    {
        await lab.AskAsync("PUT", "/api/contents/move/a.txt", Model("file", "a", "text"));
        await lab.AskAsync("PUT", "/api/contents/move/b.txt", Model("file", "b", "text"));
        await lab.AskAsync("POST", "/api/contents/move/a.txt/checkpoints");

        Assert.Equal(HttpStatusCode.Conflict, (await Rename("move/a.txt", "move/b.txt")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Rename("move/none.txt", "move/c.txt")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Rename("move", "move/inner")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Rename("move", "move/a.txt/inner")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Rename("", "other")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Rename("move/a.txt", "move/a.txt")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Rename("move/a.txt", "move/deep/er/a.txt")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Rename("move", "moved/here")).Status);

        Assert.Equal("a", File.ReadAllText(lab.PathOf("moved/here/deep/er/a.txt")));
        Assert.Single((await lab.AskAsync("GET", "/api/contents/moved/here/deep/er/a.txt/checkpoints")).Body!.AsArray());
    }

    [Fact]
    public async Task A_deleted_file_can_be_had_back_and_a_full_folder_stays()
    {
        await lab.AskAsync("PUT", "/api/contents/gone/a.txt", Model("file", "precious", "text"));

        Assert.Equal(HttpStatusCode.BadRequest, (await lab.AskAsync("DELETE", "/api/contents/gone")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await lab.AskAsync("DELETE", "/api/contents/gone/a.txt")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.AskAsync("GET", "/api/contents/gone/a.txt")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.AskAsync("DELETE", "/api/contents/gone/a.txt")).Status);

        var (_, kept) = await lab.AskAsync("GET", "/api/contents/gone/a.txt/checkpoints");
        Assert.Equal(HttpStatusCode.NoContent, (await lab.AskAsync("POST", $"/api/contents/gone/a.txt/checkpoints/{(string?)kept![0]!["id"]}")).Status);
        Assert.Equal("precious", File.ReadAllText(lab.PathOf("gone/a.txt")));
    }

    [Theory]
    [InlineData("""{}""", "No file type provided")]
    [InlineData("""{"type":"file"}""", "No file content provided")]
    [InlineData("""{"type":"folder","content":""}""", "bad.txt cannot be saved: type: 'notebook', 'file' or 'directory' is expected, not 'folder'")]
    [InlineData("""{"type":"file","format":"json","content":""}""", "bad.txt cannot be saved: format: 'text' or 'base64' is expected, not 'json'")]
    [InlineData("""{"type":"file","format":"text","content":1}""", "bad.txt cannot be saved: ")]
    [InlineData("""{"type":"file","format":"base64","content":"?"}""", "bad.txt cannot be saved: ")]
    [InlineData("""{"type":"file","format":"base64","content":1}""", "bad.txt cannot be saved: ")]
    [InlineData("""{"type":"file","format":"text","content":"\ud800"}""", "")]
    [InlineData("""{"type":"file","format":"text","content":"","chunk":1}""", "chunk: files are taken in one piece")]
    [InlineData("""{"type":"notebook","content":null}""", "bad.txt cannot be saved: a JSON object is expected")]
    [InlineData("""{"type":"notebook","content":[]}""", "bad.txt cannot be saved: ")]
    [InlineData("""{"type":"notebook","content":{"nbformat":4}}""", "bad.txt cannot be saved: cells: a list is required")]
    [InlineData("""{"type":"notebook","content":{"nbformat":3,"cells":[]}}""", "bad.txt cannot be saved: nbformat: only version 4 is supported")]
    [InlineData("""{"type":"notebook","content":{"nbformat":4.5,"cells":[]}}""", "bad.txt cannot be saved: nbformat: only version 4 is supported")]
    [InlineData("""{"type":"notebook","content":{"nbformat":4,"cells":[{"metadata":{"a":1,"a":2}}]}}""", "")]
    [InlineData("""[]""", "body: a JSON object is expected, not Array")]
    [InlineData("""{"type":""", "body: ")]
    public async Task What_cannot_be_saved_is_refused_with_a_reason(string body, string why)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await lab.Http.PutAsync("/api/contents/bad.txt", content);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode}: {text}");
        Assert.StartsWith(why, (string?)JsonNode.Parse(text)!["message"], StringComparison.Ordinal);
        Assert.False(File.Exists(lab.PathOf("bad.txt")));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_so_is_a_file_in_the_place_of_a_folder()
    {
        File.WriteAllText(lab.PathOf("plain"), "x");
        Directory.CreateDirectory(lab.PathOf("folder"));

        var (tooLarge, why) = await lab.AskAsync("PUT", "/api/contents/large.txt", Model("file", new string('x', 9 << 20), "text"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body: at most 8,388,608 bytes are taken"), (tooLarge, (string?)why!["message"]));
        foreach (var (path, model, message) in ((string, JsonObject, string)[])
            [
                ("folder", Model("file", "", "text"), "folder is a directory"),
                ("plain", new JsonObject { ["type"] = "directory" }, "plain is a file"),
                ("plain/a.txt", Model("file", "", "text"), "plain/a.txt: plain is a file, not a directory"),
                ("plain/b", new JsonObject { ["type"] = "directory" }, "plain/b: plain is a file, not a directory"),
            ])
        {
            var (status, body) = await lab.AskAsync("PUT", $"/api/contents/{path}", model);
            Assert.Equal((HttpStatusCode.BadRequest, message), (status, (string?)body!["message"]));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await lab.AskAsync("GET", "/api/contents/plain?type=directory")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await lab.AskAsync("GET", "/api/contents/folder?type=notebook")).Status);
        Assert.Equal("x", File.ReadAllText(lab.PathOf("plain")));
    }

    [Fact]
    public async Task A_notebook_that_is_none_says_why()
    {
        File.WriteAllText(lab.PathOf("broken.ipynb"), "{\"cells\": [");
        var (status, body) = await lab.AskAsync("GET", "/api/contents/broken.ipynb");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("Unreadable Notebook: broken.ipynb ", (string?)body!["message"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await lab.AskAsync("GET", "/api/contents/broken.ipynb?type=file")).Status);
    }

    private Task<(HttpStatusCode Status, JsonNode? Body)> Rename(string from, string to) =>
        lab.AskAsync("PATCH", $"/api/contents/{from}", new JsonObject { ["path"] = to });

    internal static JsonObject Model(string type, JsonNode content, string format = "json") =>
        new() { ["type"] = type, ["format"] = format, ["content"] = content };

    internal static JsonObject Notebook(string source) => new()
    {
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject(),
        ["cells"] = new JsonArray(new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = "a",
            ["metadata"] = new JsonObject(),
            ["source"] = source,
            ["outputs"] = new JsonArray(),
            ["execution_count"] = null,
        }),
    };
}
