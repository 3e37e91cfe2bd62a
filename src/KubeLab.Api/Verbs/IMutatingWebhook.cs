namespace KubeLab.Api.Verbs;

/// <summary>A program that an API server asks before it stores an object: it may change the object, or refuse it.</summary>
/// <remarks>
/// It is called within the write, after the server's own plugins and before validation, and must answer at once: no time passes. A webhook that is not there is not asked, as with the failure policy
/// <c>Ignore</c>. What a webhook changed the server's own plugins see again.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">Dynamic Admission Control</seealso>
public interface IMutatingWebhook
{
    /// <summary>What refusals call it, for example <c>vpa.k8s.io</c>.</summary>
    string Name { get; }

    /// <summary>Whether it wants to see objects of <paramref name="resource"/>.</summary>
    /// <param name="resource">The kind that is written.</param>
    /// <param name="isCreate">Whether the object is new; else it replaces another.</param>
    bool Handles(ApiResource resource, bool isCreate);

    /// <summary>The object to store: <paramref name="obj"/>, or a changed copy.</summary>
    /// <param name="obj">The object, defaults filled in.</param>
    /// <param name="old">What it replaces; null when it is new.</param>
    /// <exception cref="WebhookDenialException">It refuses.</exception>
    IApiObject Review(IApiObject obj, IApiObject? old);
}

/// <summary>A webhook refuses an object; the message says why.</summary>
public sealed class WebhookDenialException(string message) : Exception(message);
