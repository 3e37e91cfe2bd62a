using System.Text.Json;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>What came of one request, in order.</summary>
internal sealed record CellRun(IReadOnlyList<JupyterMessage> Messages)
{
    /// <summary>The content of the reply.</summary>
    public JsonElement Reply => Messages.Single(m => m.Channel is Channels.Shell or Channels.Control).Content;

    public string? Status => Reply.Text("status");

    public string Stdout => Text("stdout");

    public string Stderr => Text("stderr");

    /// <summary>The value of the cell as plain text, or null.</summary>
    public string? Result => Messages.FirstOrDefault(m => m.Type == "execute_result")?.Content.Get("data")?.Text("text/plain");

    /// <summary>The message that tells of the error, or null.</summary>
    public JupyterMessage? Error => Messages.FirstOrDefault(m => m.Type == "error");

    /// <summary>The error's name and lines.</summary>
    public string ErrorText => Error is { } error
        ? $"{error.Content.Text("ename")}: {error.Content.Text("evalue")}\n{string.Join('\n', error.Content.GetProperty("traceback").EnumerateArray().Select(line => line.GetString()))}"
        : "no error";

    public IEnumerable<string> Types => Messages.Where(m => m.Channel == Channels.IOPub).Select(m => m.Type == "status" ? m.Content.Text("execution_state")! : m.Type);

    private string Text(string name) =>
        string.Concat(Messages.Where(m => m.Type == "stream" && m.Content.Text("name") == name).Select(m => m.Content.Text("text")));
}
