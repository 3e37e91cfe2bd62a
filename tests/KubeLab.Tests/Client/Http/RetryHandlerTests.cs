using System.Net;
using KubeLab.Client.Http;

namespace KubeLab.Tests.Client.Http;

public sealed class RetryHandlerTests
{
    private readonly List<double> pauses = [];

    [Fact]
    public void It_waits_as_the_server_says_and_sends_the_same_again()
    {
        var script = new Script(Busy("3"), Busy(null), new(HttpStatusCode.OK));
        using var http = Client(script);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://h/");
        Assert.Equal(HttpStatusCode.OK, http.Send(request, CancellationToken.None).StatusCode);
        Assert.Equal([3, 0.5], pauses);
        Assert.Equal(3, script.Asked);
    }

    [Fact]
    public void A_server_that_stays_busy_gets_its_last_word()
    {
        using var http = Client(new Script([.. Enumerable.Range(0, 9).Select(_ => Busy(null))]));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://h/");
        Assert.Equal(HttpStatusCode.TooManyRequests, http.Send(request, CancellationToken.None).StatusCode);
        Assert.Equal([0.25, 0.5, 1, 2], pauses);
    }

    [Fact]
    public void A_request_that_comes_again_anyway_is_sent_once()
    {
        var script = new Script(Busy("1"));
        using var http = Client(script);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://h/");
        request.Options.Set(RetryHandler.Once, true);
        Assert.Equal(HttpStatusCode.TooManyRequests, http.Send(request, CancellationToken.None).StatusCode);
        Assert.Equal(1, script.Asked);
    }

    [Theory]
    [InlineData("GET", 2)]
    [InlineData("POST", 1)]
    public void A_broken_connection_is_opened_anew_for_a_read(string method, int asked)
    {
        var script = new Script(null, new(HttpStatusCode.OK));
        using var http = Client(script);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://h/");
        if (asked == 2)
        {
            Assert.Equal(HttpStatusCode.OK, http.Send(request, CancellationToken.None).StatusCode);
        }
        else
        {
            Assert.Throws<HttpRequestException>(() => http.Send(request, CancellationToken.None));
        }

        Assert.Equal(asked, script.Asked);
    }

    private static HttpResponseMessage Busy(string? after)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        if (after is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", after);
        }

        return response;
    }

    private HttpMessageInvoker Client(Script script) => new(new RetryHandler((pause, _) => pauses.Add(pause.TotalSeconds)) { InnerHandler = script });

    /// <summary>Answers in turn; null breaks the connection.</summary>
    private sealed class Script(params HttpResponseMessage?[] answers) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answers[Asked++] ?? throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended", new IOException());

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
