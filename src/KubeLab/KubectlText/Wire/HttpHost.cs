using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;
using KubeLab.Client.Http;

namespace KubeLab.KubectlText.Wire;

/// <summary>A cluster behind an HTTP handler: in memory for a simulated one, through sockets for a real one.</summary>
internal sealed class HttpHost(
    HttpMessageInvoker http,
    Uri server,
    string context,
    Func<DateTimeOffset> now,
    Func<Func<bool>, TimeSpan, string, bool> wait,
    string ns = "default",
    Func<string, string?, KubectlOutput?>? installed = null) : IKubectlHost
{
    public DateTimeOffset Now => now();

    public string Server { get; } = ServerAddress.Text(server);

    public string Context => context;

    public string Namespace => ns;

    public KubectlResponse Send(KubectlRequest request)
    {
        using var response = Answer(request);
        try
        {
            using var reader = new StreamReader(response.Content.ReadAsStream(), Encoding.UTF8);
            return new((int)response.StatusCode, reader.ReadToEnd(), WarningsOf(response));
        }
        catch (Exception broken) when (ConnectionProblem.Is(broken))
        {
            throw Unreachable(broken);
        }
    }

    public IKubectlStream Open(KubectlRequest request) => new HttpStream(Answer(request));

    public IKubectlProcess Connect(string pathAndQuery, string? stdin)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, ServerAddress.With(server, pathAndQuery));
        message.Headers.TryAddWithoutValidation("User-Agent", "kubectl/v1.33.1 (linux/amd64)");
        RemoteProcess.AskFor(message);
        var response = Send(message);
        if (response.StatusCode != System.Net.HttpStatusCode.SwitchingProtocols)
        {
            using (response)
            {
                using var reader = new StreamReader(response.Content.ReadAsStream(), Encoding.UTF8);
                throw StatusException.From((int)response.StatusCode, reader.ReadToEnd());
            }
        }

        return response.Content is ProcessContent process ? new MemoryProcess(process, stdin) : new RemoteProcess(response, stdin);
    }

    public bool Wait(Func<bool> condition, TimeSpan limit) => wait(condition, limit, "kubectl");

    public KubectlOutput? RunInstalled(string line, string? stdin) => installed?.Invoke(line, stdin);

    private HttpResponseMessage Answer(KubectlRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), ServerAddress.With(server, request.PathAndQuery));
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "kubectl/v1.33.1 (linux/amd64)");
        if (request.As is { } other)
        {
            message.Headers.TryAddWithoutValidation("Impersonate-User", other.User);
            message.Headers.TryAddWithoutValidation("Impersonate-Group", other.Groups);
            if (other.Uid.Length > 0)
            {
                message.Headers.TryAddWithoutValidation("Impersonate-Uid", other.Uid);
            }
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType!);
        }

        return Send(message);
    }

    private HttpResponseMessage Send(HttpRequestMessage message)
    {
        try
        {
            return http.Send(message, CancellationToken.None);
        }
        catch (Exception problem) when (ConnectionProblem.Is(problem))
        {
            throw Unreachable(problem);
        }
    }

    private Failure Unreachable(Exception problem) => new(ConnectionProblem.IsRefused(problem)
        ? $"The connection to the server {server.Authority} was refused - did you specify the right host or port?"
        : $"Unable to connect to the server: {ConnectionProblem.Of(problem, server)}");

    private static List<string> WarningsOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Warning", out var values) ? [.. values.Select(TextOf)] : [];

    /// <summary>The text in <c>299 - "text"</c>.</summary>
    private static string TextOf(string header)
    {
        var (open, close) = (header.IndexOf('"', StringComparison.Ordinal), header.LastIndexOf('"'));
        return open < 0 || close <= open
            ? header
            : header[(open + 1)..close].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    /// <summary>A body that arrives bit by bit: pushed by the simulation, or read from a socket by a thread of its own.</summary>
    private sealed class HttpStream : IKubectlStream
    {
        private readonly ConcurrentQueue<byte[]> arrived = new();
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
        private readonly HttpResponseMessage response;
        private volatile bool isOver;

        public HttpStream(HttpResponseMessage response)
        {
            this.response = response;
            var body = response.Content.ReadAsStream();
            if (body is IPushedStream pushed)
            {
                pushed.ReadBy(bytes => arrived.Enqueue(bytes.ToArray()), () => isOver = true);
            }
            else if (body.CanSeek)
            {
                ReadAll(body);
            }
            else
            {
                new Thread(() => ReadAll(body)) { IsBackground = true, Name = "kubectl stream" }.Start();
            }
        }

        public int Code => (int)response.StatusCode;

        public bool HasEnded => isOver;

        public bool HasText => !arrived.IsEmpty;

        public string Read()
        {
            var text = new StringBuilder();
            while (arrived.TryDequeue(out var bytes))
            {
                var letters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
                text.Append(letters, 0, decoder.GetChars(bytes, letters, flush: false));
            }

            return text.ToString();
        }

        public void Dispose() => response.Dispose();

        private void ReadAll(Stream body)
        {
            var buffer = new byte[8192];
            try
            {
                for (var count = body.Read(buffer); count > 0; count = body.Read(buffer))
                {
                    arrived.Enqueue(buffer[..count]);
                }
            }
            catch (Exception broken) when (broken is IOException or HttpRequestException or ObjectDisposedException)
            {
                // A broken connection is an end like any other: watches are opened again.
            }

            isOver = true;
        }
    }
}
