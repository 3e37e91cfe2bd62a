using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>What a kernel says about code that is being written.</summary>
public sealed class AssistanceTests(ServedKernel kernel) : IClassFixture<ServedKernel>
{
    private const string Declared = "var numbers = new List<int> { 1, 2 };";

    [Theory]
    [InlineData("numbers.Ad", 10, "AddRange", 8)]
    [InlineData("numbers.Where(n => n > 1).", 26, "ToList", 26)]
    [InlineData("num", 3, "numbers", 0)]
    [InlineData("\"😀\".Le", 6, "Length", 4)]
    [InlineData("Console.Wri + numbers", 11, "WriteLine", 8)]
    [InlineData("var own = 5;\now", 15, "own", 13)]
    [InlineData("numbers.Add(num", 15, "numbers", 12)]
    public async Task Names_are_completed_and_positions_count_code_points(string code, int cursor, string match, int start)
    {
        await kernel.RunAsync(Declared);
        var reply = await kernel.AskAsync("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor });

        Assert.Equal("ok", reply.Text("status"));
        Assert.Contains(match, reply.GetProperty("matches").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal((start, cursor), (reply.Number("cursor_start", -1), reply.Number("cursor_end", -1)));
        Assert.Contains(
            reply.GetProperty("metadata").GetProperty("_jupyter_types_experimental").EnumerateArray(), m => m.Text("text") == match && m.Text("type") is { Length: > 0 });
    }

    [Theory]
    [InlineData("// numb", 7)]
    [InlineData("\"numb\"", 5)]
    [InlineData("", 0)]
    [InlineData("numbers.", 10_000)]
    [InlineData("numbers", -5)]
    public async Task Where_nothing_can_be_completed_the_reply_is_still_whole(string code, int cursor)
    {
        var reply = await kernel.AskAsync("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor });

        Assert.Equal("ok", reply.Text("status"));
        Assert.InRange(reply.Number("cursor_start", -1), 0, code.Length);
        Assert.InRange(reply.Number("cursor_end", -1), 0, code.Length);
    }

    [Theory]
    [InlineData("numbers.Count", 10, @"int List<int>\.Count")]
    [InlineData("numbers.Insert(", 15, @"Insert\(int index, int item\)")]
    [InlineData("numbers", 3, @"List<int> numbers")]
    public async Task A_name_is_explained(string code, int cursor, string pattern)
    {
        await kernel.RunAsync(Declared);
        var reply = await kernel.AskAsync("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor, ["detail_level"] = 0 });

        Assert.True(reply.Flag("found", false));
        Assert.Matches(pattern, reply.GetProperty("data").Text("text/plain"));
    }

    [Fact]
    public async Task What_is_unknown_is_not_found()
    {
        var reply = await kernel.AskAsync("inspect_request", new JsonObject { ["code"] = "nothing", ["cursor_pos"] = 3 });

        Assert.Equal(("ok", false), (reply.Text("status"), reply.Flag("found", true)));
    }

    [Theory]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("var x = 1;", "complete", null)]
    [InlineData("if (true)\n{", "incomplete", "    ")]
    [InlineData("foo(1,\n", "incomplete", "    ")]
    [InlineData("class A { void F() {", "incomplete", "        ")]
    [InlineData("/* open", "incomplete", "")]
    [InlineData("var = ;", "invalid", null)]
    [InlineData("%%kubectl\nget pods", "complete", null)]
    [InlineData("", "complete", null)]
    public async Task A_console_knows_whether_to_run_or_to_wait(string code, string status, string? indent)
    {
        var reply = await kernel.AskAsync("is_complete_request", new JsonObject { ["code"] = code });

        Assert.Equal((status, indent), (reply.Text("status"), reply.Text("indent")));
    }

    [Fact]
    public async Task The_last_cells_can_be_asked_for()
    {
        await kernel.RunAsync("\"first\"");
        await kernel.RunAsync("\"second\"");
        var reply = await kernel.AskAsync("history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2, ["raw"] = true, ["output"] = false });

        Assert.Equal(["\"first\"", "\"second\""], reply.GetProperty("history").EnumerateArray().Select(entry => entry[2].GetString()));
    }

    [Fact]
    public async Task The_kernel_introduces_itself()
    {
        var reply = await kernel.AskAsync("kernel_info_request", []);

        Assert.Equal(("ok", "5.3", "C#"), (reply.Text("status"), reply.Text("protocol_version"), reply.GetProperty("language_info").Text("name")));
    }
}
