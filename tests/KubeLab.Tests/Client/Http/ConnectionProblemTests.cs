using System.Net.Sockets;
using System.Security.Authentication;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;

namespace KubeLab.Tests.Client.Http;

public sealed class ConnectionProblemTests
{
    private static readonly Uri Server = new("https://h:6443");

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "dial tcp h:6443: connect: connection refused")]
    [InlineData(SocketError.HostNotFound, "dial tcp: lookup h: no such host")]
    [InlineData(SocketError.TimedOut, "dial tcp h:6443: i/o timeout")]
    public void What_happened_is_said_in_Gos_words(SocketError error, string words)
    {
        var problem = new HttpRequestException("generic", new SocketException((int)error));
        Assert.Equal(words, ConnectionProblem.Of(problem, Server));
        Assert.Equal(error == SocketError.ConnectionRefused, ConnectionProblem.IsRefused(problem));
    }

    [Fact]
    public void Trust_and_credentials_speak_for_themselves()
    {
        var trust = new HttpRequestException("The SSL connection could not be established, see inner exception.", new AuthenticationException("tls: x509: no"));
        Assert.Equal("tls: x509: no", ConnectionProblem.Of(trust, Server));
        Assert.Equal("getting credentials: no", ConnectionProblem.Of(new KubeconfigException("file", "field", "getting credentials: no"), Server));
    }
}
