using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.Http;
using KubeLab.Simulation;
using KubeLab.Testing.Fuzzing;
using Xunit.Abstractions;

namespace KubeLab.Http.Tests.Fuzzing;

/// <summary>Whatever comes over the socket: the server refuses it in words or closes the connection, and goes on serving everybody else.</summary>
/// <remarks><c>LAB_LONG=1</c> sends more; a failure names its seed and the case, and the same seed sends the same bytes.</remarks>
public sealed class SocketFuzzTests(ITestOutputHelper output)
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("LAB_LONG") == "1" ? 5_000 : 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Broken_requests_harm_nobody(int seed)
    {
        await using var served = await ServedCluster.StartAsync();
        using var client = served.Client();
        var targets = FuzzTarget.Discover(path => JsonNode.Parse(client.GetStringAsync(new Uri(path.TrimStart('/'), UriKind.Relative)).GetAwaiter().GetResult())!.AsObject());
        var codes = new SortedDictionary<int, int>();
        for (var i = 0; i < Cases; i++)
        {
            var chance = new Randomness(seed).For(i.ToString(CultureInfo.InvariantCulture));
            var request = new FuzzedRequests(chance, targets, _ => null).Next();
            if (request.Query.Contains("watch", StringComparison.Ordinal) || request.Query.Contains("follow", StringComparison.Ordinal))
            {
                continue;
            }

            var code = await AnswerAsync(served, new BrokenMessage(chance, served.Server.Token), request, $"seed {seed}, case {i}");
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }

        output.WriteLine(string.Join(", ", codes.Select(c => $"{c.Key}: {c.Value}")));
        var healthy = await client.GetAsync(new Uri("api/v1/nodes", UriKind.Relative)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(System.Net.HttpStatusCode.OK, healthy.StatusCode);
        Assert.Equal(0, served.Server.WatchesOpen);
    }

    /// <summary>Sends one message over a connection of its own; the answer's code, or 0 when the connection was closed without one.</summary>
    private static async Task<int> AnswerAsync(ServedCluster served, BrokenMessage broken, ApiRequest request, string name)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var connection = await RawConnection.OpenAsync(served.Server.Address, limit.Token);
        var parts = broken.Parts(request);
        foreach (var part in parts)
        {
            if (!await connection.SendAsync(part, limit.Token))
            {
                break;
            }

            // Slow senders are served too: whoever waits for them must not keep others waiting.
            await Task.Delay(broken.Pause, limit.Token);
        }

        // Without this a message that promises more than it brings would be waited for as long as the server is patient.
        await connection.HalfCloseAsync();
        var shown = $"{name}\n{Encoding.Latin1.GetString([.. parts.SelectMany(p => p.ToArray())])}";
        try
        {
            if (await connection.ReadAsync(limit.Token) is not var (code, type, body))
            {
                return 0;
            }

            if (code >= 400 && type == "application/json" && body.Length > 0)
            {
                var status = JsonNode.Parse(body)!;
                Assert.True(((string?)status["kind"], (int)status["code"]!) == ("Status", code), $"{status} for {shown}");

                // A version that is no number, and a service behind which nobody is: the two that upstream, too, answers so.
                var message = (string)status["message"]!;
                var isUpstreams = message.Contains("resourceVersion", StringComparison.Ordinal) || message.StartsWith("no endpoints available for service ", StringComparison.Ordinal);
                Assert.True(code < 500 || code == 504 || isUpstreams, $"{status} for {shown}");
            }

            return code;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no answer to {shown}");
        }
    }
}
