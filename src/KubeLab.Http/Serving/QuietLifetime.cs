using Microsoft.Extensions.Hosting;

namespace KubeLab.Http.Serving;

/// <summary>The host's lifetime belongs to whoever started the server; it must not catch Ctrl+C for itself.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
