using KubeLab.Client.Connecting;

namespace KubeLab.Tests.Client.Connecting;

public sealed class ExecCredentialTests
{
    [Fact]
    public void Token_certificate_and_expiry_are_read()
    {
        var credential = ExecCredential.Parse(
            """
            {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",
             "status":{"token":"t","clientCertificateData":"c","clientKeyData":"k","expirationTimestamp":"2026-01-01T08:00:00Z"}}
            """,
            ExecSettings.V1);
        Assert.Equal(new ExecCredential("t", "c", "k", new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero)), credential);
    }

    // The words are those of client-go's plugin/pkg/client/auth/exec.
    [Theory]
    [InlineData("secret", "decoding stdout: it is not JSON")]
    [InlineData("[]", "decoding stdout: it is not of kind ExecCredential")]
    [InlineData("""{"apiVersion":"client.authentication.k8s.io/v1","kind":"Secret"}""", "decoding stdout: it is not of kind ExecCredential")]
    [InlineData(
        """{"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","status":{"token":"secret"}}""",
        "exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1")]
    [InlineData("""{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential"}""", "exec plugin didn't return a status field")]
    [InlineData("""{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{}}""", "exec plugin didn't return a token or cert/key pair")]
    [InlineData(
        """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"clientKeyData":"secret"}}""",
        "exec plugin returned only certificate or key, not both")]
    [InlineData(
        """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"secret","expirationTimestamp":"soon"}}""",
        "decoding stdout: expirationTimestamp is not a time such as 2026-01-01T08:00:00Z")]
    public void What_is_wrong_is_said_in_upstreams_words_and_repeats_nothing(string output, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => ExecCredential.Parse(output, ExecSettings.V1)).Message);
}
