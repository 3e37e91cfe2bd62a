using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Kernel;

/// <summary>Answers the requests of one kernel's life: busy, the work, the reply, idle; a reply comes whatever happens.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#request-reply">Request and reply in Jupyter</seealso>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its process.")]
internal sealed class KernelSession
{
    private readonly FramePipe pipe;
    private readonly MessageMaker maker;
    private readonly KernelInput input;
    private readonly CellExecution execution;
    private readonly KernelComms comms;
    private readonly ScriptSession cells;
    private Action? failure;

    public KernelSession(FramePipe pipe, MessageMaker maker, string folder, ICellObserver? observer)
    {
        this.pipe = pipe;
        this.maker = maker;
        input = new KernelInput(this);
        cells = new ScriptSession(folder) { Packages = new NuGetFetcher(folder), StopPatience = TimeSpan.FromMilliseconds(600) };
        execution = new CellExecution(cells, input, observer);
        comms = new KernelComms(this);
        KernelEndpoints.Connect(this);
        if (Directory.Exists(folder))
        {
            Directory.SetCurrentDirectory(folder);
        }
    }

    /// <summary>Says that the kernel is there.</summary>
    public void Begin(JsonElement parent)
    {
        Publish("status", parent, new JsonObject { ["execution_state"] = "starting" });
        Publish("status", parent, new JsonObject { ["execution_state"] = "idle" });
    }

    /// <summary>Sends to everybody who looks on.</summary>
    public void Publish(string type, JsonElement parent, JsonNode content, JsonNode? metadata = null) =>
        Send(Channels.IOPub, type, parent, content, metadata);

    public void Send(string channel, string type, JsonElement parent, JsonNode content, JsonNode? metadata = null) =>
        pipe.Write(maker.Make(channel, type, parent, content, metadata));

    /// <summary>Answers one request; false when a cell failed whose reply waits for <see cref="SendFailure"/>, because it aborts those after it.</summary>
    public bool Handle(JupyterMessage request)
    {
        Publish("status", request.Header, new JsonObject { ["execution_state"] = "busy" });
        var idle = () => Publish("status", request.Header, new JsonObject { ["execution_state"] = "idle" });
        try
        {
            if (request.Type == "execute_request")
            {
                return Execute(request, idle);
            }

            Answer(request, request.Content);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Reply(request, ReplyType(request.Type), Failed(error.GetType().Name, error.Message));
        }

        idle();
        return true;
    }

    /// <summary>Sends the reply that <see cref="Handle"/> held back.</summary>
    public void SendFailure()
    {
        failure?.Invoke();
        failure = null;
    }

    /// <summary>Tells that a cell will not run, because one before it failed.</summary>
    public void Abort(JupyterMessage request)
    {
        Publish("status", request.Header, new JsonObject { ["execution_state"] = "busy" });
        Reply(request, "execute_reply", new JsonObject { ["status"] = "aborted", ["execution_count"] = execution.Count });
        Publish("status", request.Header, new JsonObject { ["execution_state"] = "idle" });
    }

    /// <summary>Interrupts the running cell; called while it runs.</summary>
    public void Interrupt(JupyterMessage request)
    {
        execution.Interrupt();
        Reply(request, "interrupt_reply", new JsonObject { ["status"] = "ok" });
    }

    /// <summary>Passes on what the person typed; called while a cell waits for it.</summary>
    public void Answer(JupyterMessage reply) => input.Answer(reply.Content.Text("value") ?? "");

    private bool Execute(JupyterMessage request, Action idle)
    {
        var ended = execution.Run(this, request);
        Action reply = () => Reply(request, "execute_reply", ended.Reply);
        reply += idle;
        if (ended.AbortsOthers)
        {
            failure = reply;
            return false;
        }

        reply();
        return true;
    }

    private void Answer(JupyterMessage request, JsonElement content)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                Reply(request, "kernel_info_reply", KernelInfo.Content());
                break;
            case "complete_request":
                Reply(request, "complete_reply", CompletionReply.Of(cells.Chain, Code(content), Cursor(content)));
                break;
            case "inspect_request":
                Reply(request, "inspect_reply", InspectReply.Of(cells.Chain, Code(content), Cursor(content)));
                break;
            case "is_complete_request":
                Reply(request, "is_complete_reply", CompletenessReply.Of(Code(content)));
                break;
            case "history_request":
                Reply(request, "history_reply", execution.History.Answer(content));
                break;
            case "comm_info_request":
                Reply(request, "comm_info_reply", comms.Info(content.Text("target_name")));
                break;
            case "comm_open" or "comm_msg" or "comm_close":
                comms.Handle(request);
                break;
            case "debug_request":
                Reply(request, "debug_reply", new JsonObject
                {
                    ["type"] = "response",
                    ["success"] = false,
                    ["message"] = "this kernel has no debugger",
                    ["request_seq"] = content.Number("seq", 0),
                    ["command"] = content.Text("command") ?? "",
                });
                break;
            default:
                Reply(request, ReplyType(request.Type), Failed("UnknownRequest", $"this kernel does not know '{request.Type}'"));
                break;
        }
    }

    private void Reply(JupyterMessage request, string type, JsonObject content) => Send(request.Channel, type, request.Header, content);

    private static string ReplyType(string request) =>
        request.EndsWith("_request", StringComparison.Ordinal) ? request[..^"request".Length] + "reply" : request + "_reply";

    private static JsonObject Failed(string name, string message) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray(),
    };

    private static string Code(JsonElement content) => content.Text("code") ?? "";

    private static int Cursor(JsonElement content) => content.Number("cursor_pos", int.MaxValue);
}
