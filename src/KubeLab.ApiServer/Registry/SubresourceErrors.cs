using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Refusals of paths that do not exist.</summary>
internal static class SubresourceErrors
{
    /// <summary>404: neither the resource nor the subresource is served.</summary>
    public static ApiException NotFound() => new(new()
    {
        State = "Failure",
        Code = 404,
        Reason = "NotFound",
        Message = "the server could not find the requested resource",
        Details = new(),
    });

    /// <summary>405: the path is served, but not with this verb.</summary>
    public static ApiException NotAllowed() => new(new()
    {
        State = "Failure",
        Code = 405,
        Reason = "MethodNotAllowed",
        Message = "the server does not allow this method on the requested resource",
        Details = new(),
    });
}
