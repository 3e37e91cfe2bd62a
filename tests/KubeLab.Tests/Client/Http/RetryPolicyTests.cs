using KubeLab.Client.Http;

namespace KubeLab.Tests.Client.Http;

public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", 200, null, 0, null)]
    [InlineData("GET", 404, "1", 0, null)]
    [InlineData("GET", 429, null, 0, 0.25)]
    [InlineData("GET", 429, null, 1, 0.5)]
    [InlineData("GET", 503, null, 3, 2.0)]
    [InlineData("GET", 500, null, 4, null)]
    [InlineData("GET", 501, null, 0, null)]
    [InlineData("HEAD", 502, null, 0, 0.25)]
    [InlineData("POST", 429, null, 0, null)]
    [InlineData("DELETE", 503, null, 0, null)]
    [InlineData("POST", 429, "2", 0, 2.0)]
    [InlineData("PATCH", 503, "2", 9, 2.0)]
    [InlineData("PATCH", 503, "2", 10, null)]
    [InlineData("GET", 429, "0", 0, 0.0)]
    [InlineData("GET", 429, "3600", 0, null)]
    [InlineData("GET", 429, "99999999999999999", 0, null)]
    [InlineData("GET", 429, "Thu, 01 Jan 2026 08:00:05 GMT", 0, 5.0)]
    [InlineData("GET", 429, "Thu, 01 Jan 2026 07:00:00 GMT", 0, 0.0)]
    [InlineData("GET", 429, "soon", 0, 0.25)]
    [InlineData("POST", 429, "soon", 0, null)]
    public void A_named_time_is_believed_and_reads_are_tried_again_without_one(string method, int code, string? header, int retries, double? seconds) =>
        Assert.Equal(seconds, RetryPolicy.Pause(new HttpMethod(method), code, header, retries, Now)?.TotalSeconds);
}
