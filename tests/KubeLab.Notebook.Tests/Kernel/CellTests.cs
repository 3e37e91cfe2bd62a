using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>Cells in a kernel's process, through the server, as a front end sees them.</summary>
public sealed class CellTests(ServedKernel kernel) : IClassFixture<ServedKernel>
{
    [Fact]
    public async Task Everybody_sees_busy_the_cell_its_outputs_and_idle_and_the_asker_gets_the_reply()
    {
        var run = await kernel.RunAsync("Console.WriteLine(\"hello\"); 6 * 7");

        Assert.Equal(["busy", "execute_input", "stream", "execute_result", "idle"], run.Types);
        Assert.Equal(("ok", "42", "hello\n"), (run.Status, run.Result, run.Stdout));
        var number = run.Reply.Number("execution_count", 0);
        Assert.Equal(number, run.Messages.Single(m => m.Type == "execute_result").Content.Number("execution_count", 0));
        Assert.Equal(number + 1, (await kernel.RunAsync("1")).Reply.Number("execution_count", 0));
        Assert.Single(run.Messages.Select(m => m.Header.Text("session")).Distinct());
    }

    [Fact]
    public async Task A_cell_sees_what_those_before_it_declared()
    {
        await kernel.RunAsync("record Bread(string Name, int Grams); int Twice(int n) => 2 * n; var rye = new Bread(\"rye\", 500);");
        await kernel.RunAsync("rye = rye with { Grams = Twice(rye.Grams) };");

        Assert.Equal("1000", (await kernel.RunAsync("rye.Grams")).Result);
        Assert.Equal("late", (await kernel.RunAsync("await Task.Run(() => \"late\")")).Result);
        Assert.Null((await kernel.RunAsync("rye = null;")).Result);
    }

    [Fact]
    public async Task Both_streams_keep_their_order()
    {
        var run = await kernel.RunAsync("Console.Write(\"a\"); Console.Error.Write(\"b\"); Console.Write(\"c\"); Console.Error.WriteLine(\"d\");");

        Assert.Equal(
            ["stdout a", "stderr b", "stdout c", "stderr d\n"],
            run.Messages.Where(m => m.Type == "stream").Select(m => $"{m.Content.Text("name")} {m.Content.Text("text")}"));
    }

    [Fact]
    public async Task An_error_names_its_line_and_marks_it()
    {
        var compiling = await kernel.RunAsync("var fine = 1;\nvar wrong = nothere;");
        Assert.Equal(("error", "CS0103"), (compiling.Status, compiling.Reply.Text("ename")));
        Assert.Equal(2, compiling.Error!.Metadata.Get("kubelab")!.Value.Number("line", 0));
        Assert.Contains(" > 2 | var wrong = nothere;", compiling.ErrorText, StringComparison.Ordinal);

        var running = await kernel.RunAsync("int kept = 7;\n\nthrow new InvalidOperationException(\"no\");");
        Assert.Equal(("System.InvalidOperationException", "no"), (running.Reply.Text("ename"), running.Reply.Text("evalue")));
        Assert.Equal(3, running.Error!.Metadata.Get("kubelab")!.Value.Number("line", 0));
        Assert.Equal("7", (await kernel.RunAsync("kept")).Result);
    }

    [Fact]
    public async Task Cells_behind_a_failed_one_are_aborted_unless_asked_otherwise()
    {
        var failing = await kernel.Client.SendCellAsync("throw new Exception(\"stop\");");
        var waiting = await kernel.Client.SendCellAsync("Console.WriteLine(\"must not run\");");
        Assert.Equal("error", (await kernel.Client.EndOfAsync(failing, "failing")).Status);
        Assert.Equal(("aborted", ""), ((await kernel.Client.EndOfAsync(waiting, "waiting")) is var aborted ? aborted.Status : null, aborted.Stdout));

        var going = await kernel.Client.SendCellAsync("throw new Exception(\"go on\");", new JsonObject { ["stop_on_error"] = false });
        var next = await kernel.Client.SendCellAsync("Console.Write(\"runs\");");
        await kernel.Client.EndOfAsync(going, "going");
        Assert.Equal("runs", (await kernel.Client.EndOfAsync(next, "next")).Stdout);
    }

    [Fact]
    public async Task A_person_is_asked_and_the_cell_goes_on_with_the_answer()
    {
        var run = await kernel.RunAsync("var who = Input(\"Who? \"); var line = Console.ReadLine(); $\"{who}, {line}\"", null, "Ada", "ü 😀");

        Assert.Equal("Ada, ü 😀", run.Result);
        Assert.Equal(["Who? ", ""], run.Messages.Where(m => m.Type == "input_request").Select(m => m.Content.Text("prompt")));
        Assert.All(run.Messages.Where(m => m.Type == "input_request"), m => Assert.Equal(Channels.Stdin, m.Channel));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_cell_says_so()
    {
        var run = await kernel.RunAsync("Input(\"?\")", new JsonObject { ["allow_stdin"] = false });

        Assert.Equal("error", run.Status);
        Assert.Equal("True", (await kernel.RunAsync("Console.ReadLine() is null", new JsonObject { ["allow_stdin"] = false })).Result);
    }

    [Fact]
    public async Task A_value_is_shown_in_place_and_updated_from_a_later_cell()
    {
        var shown = await kernel.RunAsync("var bar = display(\"0 %\"); bar.Update(\"50 %\"); new[] { new { Name = \"a\", Size = 1 } }");
        var later = await kernel.RunAsync("bar.Update(\"100 %\"); ClearOutput(wait: true);");

        var display = shown.Messages.Single(m => m.Type == "display_data").Content;
        var update = later.Messages.Single(m => m.Type == "update_display_data").Content;
        Assert.Equal("0 %", display.GetProperty("data").Text("text/plain"));
        Assert.Equal("100 %", update.GetProperty("data").Text("text/plain"));
        Assert.Equal(display.GetProperty("transient").Text("display_id"), update.GetProperty("transient").Text("display_id"));
        Assert.Contains("<table>", shown.Messages.Single(m => m.Type == "execute_result").Content.GetProperty("data").Text("text/html"), StringComparison.Ordinal);
        Assert.True(later.Messages.Single(m => m.Type == "clear_output").Content.Flag("wait", false));
    }

    [Fact]
    public async Task A_silent_cell_shows_nothing_and_is_not_counted()
    {
        var before = (await kernel.RunAsync("1")).Reply.Number("execution_count", 0);
        var silent = await kernel.RunAsync("var quiet = 5; Console.WriteLine(\"psst\"); quiet", new JsonObject { ["silent"] = true });
        await kernel.RunAsync("2", new JsonObject { ["store_history"] = false });
        var expressions = new JsonObject { ["h"] = "quiet + 1", ["bad"] = "nope" };
        var run = await kernel.RunAsync("3", new JsonObject { ["user_expressions"] = expressions });

        Assert.Equal(["busy", "idle"], silent.Types);
        Assert.Equal(before + 1, run.Reply.Number("execution_count", 0));
        Assert.Equal("6", run.Reply.GetProperty("user_expressions").GetProperty("h").GetProperty("data").Text("text/plain"));
        Assert.Equal(("error", "CS0103"), (run.Reply.GetProperty("user_expressions").GetProperty("bad") is var bad ? bad.Text("status") : null, bad.Text("ename")));
    }

    [Fact]
    public async Task Sugar_for_kubectl_and_yaml_works_on_the_cluster_of_the_notebook()
    {
        await kernel.RunAsync("#r \"KubeLab.dll\"\nusing KubeLab;\nvar cluster = Lab.Open(seed: 1); cluster.AddMasters(1); cluster.AddNodePool(\"workers\", machine: \"e2-standard-4\", count: 1); var other = cluster;");
        var applied = await kernel.RunAsync("%%yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: note\ndata:\n  quoted: 'three \"\"\" quotes'\n");
        var listed = await kernel.RunAsync("%%kubectl other\nget configmap note -o jsonpath={.data.quoted}");
        var unknown = await kernel.RunAsync("%%bash\nls");
        var wrong = await kernel.RunAsync("%%kubectl nosuch\nget pods");

        Assert.True(applied.Status == "ok", applied.ErrorText);
        Assert.True(listed.Status == "ok", listed.ErrorText);
        Assert.Contains("three \"\"\" quotes", listed.Result + listed.Stdout, StringComparison.Ordinal);
        Assert.Contains("'%%bash' is not known here", unknown.ErrorText, StringComparison.Ordinal);
        Assert.Equal(2, wrong.Error!.Metadata.Get("kubelab")!.Value.Number("line", 0));
    }

    [Fact]
    public async Task A_flood_of_text_is_cut_and_its_end_is_shown()
    {
        var run = await kernel.RunAsync("var block = new string('x', 99_999) + \"\\n\"; for (var i = 0; i < 1_000; i++) Console.Write(block); Console.WriteLine(\"the end\");");

        Assert.Equal("ok", run.Status);
        Assert.InRange(run.Stdout.Length, 2_000_000, 2_010_000);
        Assert.EndsWith("the end\n", run.Stdout, StringComparison.Ordinal);
        Assert.Contains("98,000,008 more characters are left out", run.Stderr, StringComparison.Ordinal);
        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_all_arrive_in_few_messages()
    {
        var run = await kernel.RunAsync("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");

        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")), run.Stdout);
        Assert.InRange(run.Messages.Count, 3, 2_000);
    }

    [Fact]
    public async Task A_flood_that_changes_streams_at_every_character_arrives_whole_in_few_messages()
    {
        var run = await kernel.RunAsync("for (var i = 0; i < 50_000; i++) { Console.Write('o'); Console.Error.Write('e'); }");

        Assert.Equal((50_000, 50_000), (run.Stdout.Length, run.Stderr.Length));
        Assert.InRange(run.Messages.Count, 3, 2_000);
    }

    [Fact]
    public async Task A_flood_of_values_is_cut_too()
    {
        var run = await kernel.RunAsync("for (var i = 0; i < 3_000; i++) display(i);");
        var large = await kernel.RunAsync("display(new string('y', 30_000_000)); 1");

        Assert.Equal(2_000, run.Messages.Count(m => m.Type == "display_data"));
        Assert.Contains("a cell shows 2,000 values at most", run.Stderr, StringComparison.Ordinal);
        Assert.Contains("is left out: a cell shows 20,000,000 in values", large.Messages.Single(m => m.Type == "display_data").Content.GetProperty("data").Text("text/plain"), StringComparison.Ordinal);
        Assert.Equal("1", large.Result);
    }

    [Fact]
    public async Task What_is_printed_past_the_console_of_NET_is_shown_too()
    {
        var request = await kernel.Client.SendCellAsync(
            "using (var native = Console.OpenStandardOutput()) native.Write(\"native\\n\"u8); Input(\"wait\")");

        await kernel.Client.PrintedAsync(request, "native\n");
        await kernel.Client.SendAsync(Channels.Stdin, "input_reply", new JsonObject { ["value"] = "" });
        await kernel.Client.EndOfAsync(request, "native");
    }

    [Fact]
    public async Task A_request_that_no_kernel_knows_is_answered_and_so_is_one_without_fields()
    {
        var reply = await kernel.AskAsync("dance_request", []);
        Assert.Equal(("error", "this kernel does not know 'dance_request'"), (reply.Text("status"), reply.Text("evalue")));

        foreach (var type in (string[])["execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_info_request", "debug_request"])
        {
            Assert.Equal(JsonValueKind.Object, (await kernel.AskAsync(type, [])).ValueKind);
        }
    }
}
