namespace KubeLab.Client.Http;

/// <summary>Puts paths of the API behind a server's address, which may have a path of its own where several clusters share a host.</summary>
public static class ServerAddress
{
    /// <summary>For example <c>https://rancher.example/k8s/clusters/c-1</c> and <c>/api/v1/pods?limit=500</c>.</summary>
    public static Uri With(Uri server, string pathAndQuery)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new Uri(Text(server) + pathAndQuery);
    }

    /// <summary>The address as commands show it, without a slash at its end.</summary>
    public static string Text(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
